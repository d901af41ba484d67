package io.emucxl.runtime;

import java.util.concurrent.locks.LockSupport;

/**
 * The thread that opens the sampling windows and runs the engine between them. A daemon; nothing in
 * the program ever waits for it.
 */
final class EngineThread extends Thread {
    /** Work on a period takes a twentieth of the time at most; else periods become longer. */
    private static final int PERIODS_PER_WORK = 20;

    /** The JMX bean starts a bean server: not in the first second of a program. */
    private static final long ANNOUNCE_AFTER = 1_000_000_000L;

    private final Engine engine;
    private final Telemetry telemetry;
    private final EngineSettings settings;
    private final DutyControl control;
    private final Recorder recorder;
    private final Tiering tiering;
    private long random = 88172645463325252L;

    EngineThread(Engine engine, EngineSettings settings, Recorder recorder, Tiering tiering) {
        super("emucxl-engine");
        setDaemon(true);
        this.engine = engine;
        this.telemetry = engine.telemetry;
        this.settings = settings;
        this.recorder = recorder;
        this.tiering = tiering;
        control = new DutyControl(settings.duty(), settings.overhead());
    }

    @Override
    public void run() {
        try {
            loop();
        } catch (Throwable e) { // the program goes on, without sampling and migration
            Window.close();
            tiering.warnings().say("the engine stopped; nothing is moved any more: " + e);
        }
    }

    private void loop() {
        boolean sampling = settings.duty() > 0;
        // A window that a busy machine closes late must not keep the next one away for seconds.
        long longestOpen = 4 * settings.windowNanos();
        long started = System.nanoTime();
        boolean announced = false;
        long nextWindow = System.nanoTime();
        long nextPeriod = nextWindow + settings.periodNanos();
        long openBefore = 0;
        long workedBefore = 0;
        long marksBefore = 0;
        telemetry.duty = control.duty();
        while (true) {
            long now = System.nanoTime();
            if (sampling && now - nextWindow >= 0) {
                long open = window();
                nextWindow =
                        System.nanoTime()
                                + jittered(control.closedNanos(Math.min(open, longestOpen)));
            }
            now = System.nanoTime();
            if (now - nextPeriod >= 0) {
                engine.period(now);
                long marks = telemetry.localSamples() + telemetry.remoteSamples();
                control.saw(telemetry.get(Counter.WINDOW_NANOS) - openBefore, marks - marksBefore);
                openBefore = telemetry.get(Counter.WINDOW_NANOS);
                marksBefore = marks;
                telemetry.duty = control.duty();
                recorder.period(now);
                long worked = System.nanoTime() - now;
                // The lesser of two: when the machine is busy, one period may take any time.
                nextPeriod =
                        now
                                + Math.max(
                                        settings.periodNanos(),
                                        PERIODS_PER_WORK * Math.min(worked, workedBefore));
                workedBefore = worked;
                if (!announced && now - started > ANNOUNCE_AFTER && engine.regions.count() > 0) {
                    announced = true;
                    tiering.announce();
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
            pauseUntil(start + settings.windowNanos());
        } finally {
            Window.close();
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
