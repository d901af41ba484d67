/** The slab allocator that the paper announces: object caches over local or remote memory. */
package io.emucxl.slab;
