package io.emucxl.runtime;

import java.util.concurrent.locks.LockSupport;

/**
 * The thread that opens the sampling windows and runs the engine between them. A daemon; nothing in
 * the program ever waits for it.
 */
final class EngineThread extends Thread {
    /** Work on a period takes a twentieth of the time at most; else periods become longer. */
    private static final int PERIODS_PER_WORK = 20;

    /** The JMX bean is for those who look at the program while it runs, not while it starts. */
    private static final long ANNOUNCE_AFTER = 1_000_000_000L;

    /** A bean server is started by those who want one, or then: it takes a tenth of a second. */
    private static final long SERVE_AFTER = 10_000_000_000L;

    /** How long a closing window waits for threads that owe for a device. */
    private static final int PATIENCE_WINDOWS = 8;

    private final Engine engine;
    private final Telemetry telemetry;
    private final DutyControl control;
    private final Novelty novelty = new Novelty();
    private final Changes changes;
    private final Recorder recorder;
    private final TraceWriter trace;
    private final Tiering tiering;
    private Tuning tuning;
    private long random = 88172645463325252L;

    /**
     * @param trace takes the accesses of every period, or null
     */
    EngineThread(
            Engine engine, Tuning tuning, Recorder recorder, TraceWriter trace, Tiering tiering) {
        super("emucxl-engine");
        setDaemon(true);
        this.engine = engine;
        this.telemetry = engine.telemetry;
        this.tuning = tuning;
        this.recorder = recorder;
        this.trace = trace;
        this.tiering = tiering;
        boolean records = TieredRuntime.model() != null;
        control = new DutyControl(tuning.duty(), tuning.overhead(), records);
        changes = new Changes(tiering.warnings(), tiering.space());
    }

    @Override
    public void run() {
        try {
            loop();
        } catch (Throwable e) { // the program goes on, without sampling and migration
            Window.close(0);
            tiering.warnings().say("the engine stopped; nothing is moved any more: " + e);
        }
    }

    private void loop() {
        long started = System.nanoTime();
        boolean announced = false;
        long nextWindow = System.nanoTime();
        long nextPeriod = nextWindow + tuning.periodNanos();
        long openBefore = 0;
        long workedBefore = 0;
        long marksBefore = 0;
        long localBefore = 0;
        long lastPeriod = nextWindow;
        telemetry.duty = control.duty();
        while (true) {
            long now = System.nanoTime();
            boolean sampling = tuning.duty() > 0;
            if (sampling && now - nextWindow >= 0) {
                long open = window();
                // One that a busy machine closes late must not keep the next away for seconds.
                long longestOpen = 4 * tuning.windowNanos();
                nextWindow =
                        System.nanoTime()
                                + jittered(control.closedNanos(Math.min(open, longestOpen)));
            }
            now = System.nanoTime();
            if (now - nextPeriod >= 0) {
                engine.period(now);
                long marks = telemetry.localSamples() + telemetry.remoteSamples();
                boolean heatIsNew =
                        novelty.saw(
                                now,
                                (engine.regions.used(0) + engine.regions.used(1))
                                        / engine.regions.regionBytes(),
                                telemetry.localSamples() - localBefore,
                                telemetry.remoteSamples() - (marksBefore - localBefore));
                control.saw(
                        telemetry.get(Counter.WINDOW_NANOS) - openBefore,
                        marks - marksBefore,
                        now - lastPeriod,
                        heatIsNew);
                lastPeriod = now;
                localBefore = telemetry.localSamples();
                openBefore = telemetry.get(Counter.WINDOW_NANOS);
                marksBefore = marks;
                telemetry.duty = control.duty();
                recorder.period(now);
                if (trace != null) {
                    trace.period(engine.touched);
                }
                long worked = System.nanoTime() - now;
                // The lesser of two: when the machine is busy, one period may take any time.
                nextPeriod =
                        now
                                + Math.max(
                                        tuning.periodNanos(),
                                        PERIODS_PER_WORK * Math.min(worked, workedBefore));
                workedBefore = worked;
                Tuning changed = changes.since(now);
                if (changed != null) {
                    tuning = changed;
                    engine.tune(changed);
                    control.tune(changed.duty(), changed.overhead());
                }
                if (!announced && now - started > ANNOUNCE_AFTER && engine.regions.count() > 0) {
                    announced = tiering.announce(now - started > SERVE_AFTER);
                }
            }
            long until = sampling && nextWindow - nextPeriod < 0 ? nextWindow : nextPeriod;
            pauseUntil(engine.moves(CLOCK, until));
        }
    }

    private static final Engine.Clock CLOCK =
            new Engine.Clock() {
                @Override
                public long nanos() {
                    return System.nanoTime();
                }
            };

    /** Opens the window for a moment and returns how long it was open. */
    private long window() {
        long start = System.nanoTime();
        Window.open();
        try {
            pauseUntil(start + tuning.windowNanos());
        } finally {
            Window.close(PATIENCE_WINDOWS * tuning.windowNanos());
        }
        long open = System.nanoTime() - start;
        telemetry.add(Counter.WINDOWS, 1);
        telemetry.add(Counter.WINDOW_NANOS, open);
        return open;
    }

    private void pauseUntil(long time) {
        long left = time - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(this, left);
            Thread.interrupted(); // an interrupted thread would not pause at all
            left = time - System.nanoTime();
        }
    }

    /**
     * A time within a quarter of this one, so that windows do not beat with the program's loops.
     */
    private long jittered(long nanos) {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return nanos - nanos / 4 + (nanos >> 1) * ((random >>> 33) & 1023) / 1023;
    }
}
