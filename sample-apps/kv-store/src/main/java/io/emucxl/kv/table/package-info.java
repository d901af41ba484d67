/** Table IV of the paper: its workload, its rules beside ours, its chart. */
package io.emucxl.kv.table;
