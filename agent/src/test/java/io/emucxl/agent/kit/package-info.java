/** Programs that are run plain and rewritten, and the means to compile, rewrite and run them. */
package io.emucxl.agent.kit;
