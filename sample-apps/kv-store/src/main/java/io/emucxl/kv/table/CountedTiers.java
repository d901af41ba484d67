package io.emucxl.kv.table;

import io.emucxl.kv.rule.Tiers;
import java.util.Arrays;

/** Two tiers of objects that have a place but no contents: all that Table IV needs to count. */
final class CountedTiers implements Tiers {
    private final byte[] nodes;
    private final long[] capacity;
    private final long[] used = new long[2];
    private long moves;

    CountedTiers(int slots, long localObjects, long remoteObjects) {
        nodes = new byte[slots];
        Arrays.fill(nodes, (byte) -1);
        capacity = new long[] {localObjects, remoteObjects};
    }

    void put(int slot, int node) {
        nodes[slot] = (byte) node;
        used[node]++;
    }

    /** Objects moved from one tier to the other so far. */
    long moves() {
        return moves;
    }

    @Override
    public int node(int slot) {
        return nodes[slot];
    }

    @Override
    public long size(int slot) {
        return 1;
    }

    @Override
    public long capacity(int node) {
        return capacity[node];
    }

    @Override
    public long used(int node) {
        return used[node];
    }

    @Override
    public boolean move(int slot, int node) {
        if (!hasRoom(node, 1)) {
            return false;
        }
        used[nodes[slot]]--;
        put(slot, node);
        moves++;
        return true;
    }

    @Override
    public boolean exchange(int promoted, int demoted) {
        nodes[promoted] = LOCAL;
        nodes[demoted] = REMOTE;
        moves += 2;
        return true;
    }
}
