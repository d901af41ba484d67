/** The queue of the paper, as it is there and as plain Java, and what Table III measures of it. */
package io.emucxl.queue;
