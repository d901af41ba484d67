/** Faults put into the rewriting on purpose, which the random programs must find. */
package io.emucxl.agent.mutants;
