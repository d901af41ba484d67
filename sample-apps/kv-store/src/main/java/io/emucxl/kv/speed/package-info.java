/** How fast the store is: its server beside redis-server, its gets beside a map's. */
package io.emucxl.kv.speed;
