/** The command line. */
package io.emucxl.agent.cli;
