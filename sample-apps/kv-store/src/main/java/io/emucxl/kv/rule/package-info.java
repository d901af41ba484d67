/** The rules that place the objects of a store: those of the paper, LRU, and the engine's own. */
package io.emucxl.kv.rule;
