/**
 * What threads may see of arrays, as tests for jcstress: the same classes run on heap arrays and,
 * under the agent, on tiered ones.
 */
package io.emucxl.memorymodel;
