/**
 * The explicit emucxl API: memory on a named node, allocated, migrated and freed by the program.
 */
package io.emucxl;
