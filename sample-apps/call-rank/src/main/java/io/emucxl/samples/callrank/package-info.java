/** PageRank over the call graph of the JDK that runs it. */
package io.emucxl.samples.callrank;
