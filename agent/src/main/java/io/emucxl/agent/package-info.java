/** The agent: start-up, class transformation, and the command line. */
package io.emucxl.agent;
