/**
 * Reads bytecode and decides which array fields can live in regions; rewrites classes to that plan.
 */
package io.emucxl.agent.analysis;
