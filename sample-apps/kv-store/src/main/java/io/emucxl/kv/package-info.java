/** A key-value store whose objects live on two tiers of memory and move between them one by one. */
package io.emucxl.kv;
