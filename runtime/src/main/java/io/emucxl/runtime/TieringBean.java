package io.emucxl.runtime;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** The counters as a JMX bean. Loaded only where java.management is. */
final class TieringBean implements TieringMXBean {
    private final Tiering tiering;

    private TieringBean(Tiering tiering) {
        this.tiering = tiering;
    }

    /** Whether there is a bean server. */
    static boolean isServed() {
        return !MBeanServerFactory.findMBeanServer(null).isEmpty();
    }

    static void register(Tiering tiering) throws JMException {
        ManagementFactory.getPlatformMBeanServer()
                .registerMBean(
                        new StandardMBean(new TieringBean(tiering), TieringMXBean.class, true),
                        new ObjectName("io.emucxl:type=Tiering"));
    }

    private long get(Counter counter) {
        return tiering.telemetry().get(counter);
    }

    @Override
    public long getWindows() {
        return get(Counter.WINDOWS);
    }

    @Override
    public long getWindowNanos() {
        return get(Counter.WINDOW_NANOS);
    }

    @Override
    public long getPeriods() {
        return get(Counter.PERIODS);
    }

    @Override
    public long getDecideNanos() {
        return get(Counter.DECIDE_NANOS);
    }

    @Override
    public long getLongestDecideNanos() {
        return get(Counter.LONGEST_DECIDE_NANOS);
    }

    @Override
    public long getPromotions() {
        return get(Counter.PROMOTIONS);
    }

    @Override
    public long getDemotions() {
        return get(Counter.DEMOTIONS);
    }

    @Override
    public long getBytesMoved() {
        return get(Counter.BYTES_MOVED);
    }

    @Override
    public long getMoveNanos() {
        return get(Counter.MOVE_NANOS);
    }

    @Override
    public long getFailedMoves() {
        return get(Counter.FAILED_MOVES);
    }

    @Override
    public long getRefusedMoves() {
        return get(Counter.REFUSED_MOVES);
    }

    @Override
    public long getPolicyFailures() {
        return get(Counter.POLICY_FAILURES);
    }

    @Override
    public long getChargedNanos() {
        return Charge.ON ? Charge.chargedNanos() : 0;
    }

    @Override
    public long getLocalMisses() {
        return Charge.ON ? Charge.misses(0) : 0;
    }

    @Override
    public long getRemoteMisses() {
        return Charge.ON ? Charge.misses(1) : 0;
    }

    @Override
    public double getDuty() {
        return tiering.telemetry().duty;
    }

    @Override
    public long getLocalSamples() {
        return tiering.telemetry().localSamples();
    }

    @Override
    public long getRemoteSamples() {
        return tiering.telemetry().remoteSamples();
    }

    @Override
    public long getSampledReads() {
        return get(Counter.LOCAL_READS) + get(Counter.REMOTE_READS);
    }

    @Override
    public long getSampledWrites() {
        return get(Counter.LOCAL_WRITES) + get(Counter.REMOTE_WRITES);
    }

    @Override
    public long getGracePeriods() {
        return GracePeriod.count();
    }

    @Override
    public long getLocalUsed() {
        return tiering.space().used(0);
    }

    @Override
    public long getRemoteUsed() {
        return tiering.space().used(1);
    }

    @Override
    public long getLocalCapacity() {
        return tiering.space().capacity(0);
    }

    @Override
    public long getRemoteCapacity() {
        return tiering.space().capacity(1);
    }

    @Override
    public Map<String, Long> getLocalBytesByTarget() {
        return Tiering.bytesByTarget(0);
    }

    @Override
    public Map<String, Long> getRemoteBytesByTarget() {
        return Tiering.bytesByTarget(1);
    }

    @Override
    public void writeReport(String file) throws IOException {
        tiering.report(Path.of(file));
    }
}
