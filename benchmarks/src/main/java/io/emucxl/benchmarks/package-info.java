/** What access to tiered arrays costs, against heap arrays in the same run. */
package io.emucxl.benchmarks;
