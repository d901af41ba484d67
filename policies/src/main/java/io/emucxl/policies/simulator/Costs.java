package io.emucxl.policies.simulator;

/**
 * The model by which results are told as time.
 *
 * @param localNanos the latency of a local access
 * @param remoteNanos the latency of a remote access
 * @param unitBytes the size of a unit
 * @param moveBytesPerNano the bandwidth of moves, in bytes per nanosecond (GB/s)
 */
public record Costs(
        double localNanos, double remoteNanos, long unitBytes, double moveBytesPerNano) {

    /** The bytes that moved. */
    public long bytesMoved(Result result) {
        return Math.max(0, result.moves()) * unitBytes;
    }

    /** The modelled nanoseconds: every access waits for its node, and moves for the link. */
    public double nanos(Result result) {
        return result.localHits() * localNanos
                + (result.accesses() - result.localHits()) * remoteNanos
                + bytesMoved(result) / moveBytesPerNano;
    }
}
