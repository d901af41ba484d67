/** Plays traces of accesses under placement policies, and under references with foresight. */
package io.emucxl.policies.simulator;
