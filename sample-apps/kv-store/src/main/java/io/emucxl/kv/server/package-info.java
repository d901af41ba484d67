/** Serves a key-value store over the Redis protocol (RESP2). */
package io.emucxl.kv.server;
