/** Tiered arrays, the sampling of their heat, and their migration between the tiers. */
package io.emucxl.runtime;
