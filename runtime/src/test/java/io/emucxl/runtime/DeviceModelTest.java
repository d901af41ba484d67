package io.emucxl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The arithmetic of the device model, without clocks. */
class DeviceModelTest {
    private static final double EXACT = 1e-9;
    private static final double[] IDLE = {0, 0};

    /** 250 ns, 16 GB/s read, 8 GB/s written, 20 GB/s together. */
    private static final DeviceModel.Device DEVICE =
            new DeviceModel.Device(
                    "x", 250, 16, 8, 20, new double[] {0.5, 1}, new double[] {10, 110}, false);

    private static final DeviceModel MODEL = new DeviceModel(null, DEVICE, 100, 100, 1 << 20);

    private static Prices prices(int tier, int misses) {
        Prices prices = new Prices(MODEL, new NativeLatency(MODEL));
        for (int i = 0; i < misses; i++) {
            prices.access(tier, CacheFilter.READ, false);
        }
        return prices;
    }

    @Test
    void latencyFollowsTheCurve() {
        assertEquals(250, DEVICE.latencyAt(0), EXACT);
        assertEquals(255, DEVICE.latencyAt(0.25), EXACT);
        assertEquals(260, DEVICE.latencyAt(0.5), EXACT);
        assertEquals(310, DEVICE.latencyAt(0.75), EXACT);
        assertEquals(360, DEVICE.latencyAt(1), EXACT);
        DeviceModel.Device flat =
                new DeviceModel.Device("x", 250, 1, 1, 1, new double[0], new double[0], false);
        assertEquals(250, flat.latencyAt(0.9), EXACT);
    }

    @Test
    void readsWritesAndTheirSumAreLimitedApart() {
        assertEquals(0.5, DEVICE.share(8, 0), EXACT);
        assertEquals(0.5, DEVICE.share(0, 4), EXACT);
        assertEquals(1, DEVICE.share(12, 8), EXACT);
        assertEquals(1.2, DEVICE.share(18, 6), EXACT);
    }

    @Test
    void chasingPaysTheWholeDifference() {
        // 1000 misses one after the other: 100 ns each here, 250 there.
        Prices prices = prices(1, 1000);
        assertEquals(1, prices.overlap(100_000), EXACT);
        assertEquals(150_000, prices.latency(100_000, IDLE), EXACT);
    }

    @Test
    void missesThatOverlapHereOverlapThere() {
        // Ten at a time: the time grows from 10 to 25 ns a miss.
        Prices prices = prices(1, 1000);
        double overlap = 10 - Prices.SLACK;
        assertEquals(overlap, prices.overlap(10_000), EXACT);
        assertEquals(150_000 / overlap, prices.latency(10_000, IDLE), EXACT);
        assertEquals(1, prices.overlap(90_000), EXACT);
    }

    @Test
    void timeForOtherThingsDoesNotGrow() {
        assertEquals(150_000, prices(1, 1000).latency(5_000_000, IDLE), EXACT);
    }

    @Test
    void aTierWithoutADeviceIsNotCharged() {
        assertEquals(0, prices(0, 1000).latency(100_000, IDLE), EXACT);
        assertEquals(0, prices(0, 1000).bandwidth(100_000, new double[] {9, 9}), EXACT);
    }

    @Test
    void aDeviceThatIsFasterThanTheMachineIsNotCharged() {
        DeviceModel model = new DeviceModel(null, DEVICE, 300, 300, 0);
        Prices prices = new Prices(model, new NativeLatency(model));
        prices.access(1, CacheFilter.READ, false);
        assertEquals(0, prices.latency(300, IDLE), EXACT);
    }

    @Test
    void hitsAndStreamsAreNotWaitedFor() {
        Prices prices = new Prices(MODEL, new NativeLatency(MODEL));
        prices.access(1, CacheFilter.HIT, false);
        prices.access(1, CacheFilter.READ, true);
        assertEquals(0, prices.latency(100, IDLE), EXACT);
        assertEquals(64, prices.reads[1], EXACT);
        prices.access(1, CacheFilter.WRITTEN, true);
        assertEquals(64, prices.writes[1], EXACT);
    }

    @Test
    void aLoadedDeviceIsSlower() {
        double[] load = {0, 0.5};
        assertEquals(160_000, prices(1, 1000).latency(100_000, load), EXACT);
        load[1] = 3;
        assertEquals(260_000, prices(1, 1000).latency(100_000, load), EXACT);
    }

    @Test
    void theLoadIsTheOneThatTheWaitsLeave() {
        Prices prices = prices(1, 1000);
        double[] others = {0, 0, 9, 0};
        double nanos = 10_000;
        double more = prices.latencyBeside(nanos, others);
        // Without the waits the device would be demanded 0.96 of, and every miss wait 102 ns more.
        assertTrue(more < 0.98 * prices.latency(nanos, prices.demand(nanos, others)));
        assertTrue(more > prices.latency(nanos, IDLE));
        double again = prices.latency(nanos, prices.demand(nanos + more, others));
        assertEquals(more, again, 1e-4 * more);
        assertEquals(more, prices.latencyBeside(nanos, new double[] {99, 99, 9, 0}), 1e-9 * more);
    }

    @Test
    void theDemandOfAThreadEndsWithIt() throws InterruptedException {
        Account account = new Account(MODEL, new NativeLatency(MODEL));
        assertFalse(account.demands(0));
        boolean[] seen = new boolean[2];
        Thread thread =
                new Thread(
                        () -> {
                            account.demand(1, 10);
                            seen[0] = account.demands(9);
                            seen[1] = account.demands(10);
                        });
        thread.start();
        thread.join();
        assertTrue(seen[0]);
        assertFalse(seen[1]);
        assertFalse(account.demands(9));
    }

    @Test
    void aThreadPaysFromWhereItsTimeBegins() {
        Account account = new Account(MODEL, new NativeLatency(MODEL));
        account.begun = 5;
        account.of(1, true);
        assertEquals(0, account.paid);
        account.of(2, false);
        assertEquals(5, account.paid);
        account.begun = 7;
        account.of(2, false);
        assertEquals(5, account.paid);
    }

    @Test
    void tooMuchDemandStretchesTime() {
        Prices prices = new Prices(MODEL, new NativeLatency(MODEL));
        prices.access(1, CacheFilter.READ, true);
        assertEquals(0, prices.bandwidth(1000, new double[] {0, 0.9}), EXACT);
        assertEquals(500, prices.bandwidth(1000, new double[] {0, 1.5}), EXACT);
        assertEquals(0, prices.bandwidth(1000, new double[] {7, 0.9}), EXACT);
    }

    @Test
    void aSampleStandsForTheWhole() {
        Prices prices = prices(1, 10);
        prices.scale(100);
        assertEquals(150_000, prices.latency(100_000, IDLE), EXACT);
        prices.clear();
        assertEquals(0, prices.latency(100_000, IDLE), EXACT);
    }

    @Test
    void wrongNumbersAreRefused() {
        double[] none = {};
        assertThrows(
                IllegalArgumentException.class,
                () -> new DeviceModel.Device("x", 0, 1, 1, 1, none, none, false));
        assertThrows(
                IllegalArgumentException.class,
                () -> new DeviceModel.Device("x", 1, Double.NaN, 1, 1, none, none, false));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new DeviceModel.Device(
                                "x",
                                1,
                                1,
                                1,
                                1,
                                new double[] {.9, .5},
                                new double[] {1, 1},
                                false));
        assertThrows(
                IllegalArgumentException.class, () -> new DeviceModel(null, null, 100, 100, 0));
        assertThrows(
                IllegalArgumentException.class, () -> new DeviceModel(null, DEVICE, 0, 100, 0));
    }

    @Test
    void theRemoteTierCostsWhatTheDevicesDifferIn() {
        assertEquals(150, MODEL.remoteExtraNanos(), EXACT);
        assertEquals(0, new DeviceModel(null, DEVICE, 300, 300, 0).remoteExtraNanos(), EXACT);
    }

    @Test
    void theLatencyOfTheMachineFollowsWhatIsMeasured() {
        NativeLatency here = new NativeLatency(MODEL);
        Prices prices = new Prices(MODEL, here);
        for (int i = 0; i < 1000; i++) {
            prices.access(1, CacheFilter.READ, false);
        }
        for (int i = 0; i < 200; i++) {
            here.saw(1, 125);
        }
        assertEquals(125_000, prices.latency(125_000, IDLE), 1e-3);
    }

    @Test
    void onlyStepsThatMemoryHasAnsweredAreMeasured() {
        double[] times = NativeLatency.times();
        for (int i = 0; i < times.length; i++) {
            times[i] = i % 2 == 0 ? 220 : 240;
        }
        times[0] = 5000; // the thread has lost its CPU
        times[1] = 60; // a cache had the line
        assertEquals(205, NativeLatency.ofMemory(times, 25, 180), EXACT);
        assertEquals(Double.NaN, NativeLatency.ofMemory(times, 25, 1000), EXACT);
    }

    @Test
    void aRelativeDeviceBecomesSlowerWithTheMachine() {
        DeviceModel.Device device =
                new DeviceModel.Device("x", 250, 1, 1, 1, new double[0], new double[0], true);
        DeviceModel model = new DeviceModel(null, device, 100, 100, 0);
        NativeLatency here = new NativeLatency(model);
        Prices prices = new Prices(model, here);
        for (int i = 0; i < 1000; i++) {
            prices.access(1, CacheFilter.READ, false);
        }
        for (int i = 0; i < 200; i++) {
            here.saw(1, 200);
        }
        assertEquals(300_000, prices.latency(200_000, IDLE), 1e-3);
    }

    @Test
    void aStreamThatHadBegunBeforeHasNoFirstMiss() {
        Streams streams = new Streams();
        assertFalse(streams.follows(1000));
        streams.begins(1000);
        assertFalse(streams.follows(70));
        streams.begins(70);
        assertTrue(streams.follows(1001));
        assertTrue(streams.continuesEdge(1001));
        assertTrue(streams.follows(1002));
        assertFalse(streams.continuesEdge(1002), "once");
        assertTrue(streams.follows(69));
        assertTrue(streams.continuesEdge(69), "downwards");
        streams.forget();
        assertFalse(streams.continuesEdge(71));
    }

    @Test
    void neighboursContinueAStream() {
        Streams streams = new Streams();
        assertFalse(streams.follows(1000));
        assertTrue(streams.follows(1001));
        assertFalse(streams.follows(5000));
        assertTrue(streams.follows(1002));
        assertTrue(streams.follows(4999));
        assertFalse(streams.follows(1005));
        streams.forget();
        assertFalse(streams.follows(1006));
    }

    @Test
    void aCacheHoldsWhatFits() {
        CacheFilter cache = new CacheFilter(1 << 20);
        assertEquals(1 << 14, cache.lines());
        for (long line = 0; line < 4096; line++) {
            assertEquals(CacheFilter.READ, cache.access(line, false));
        }
        int missed = 0;
        for (long line = 0; line < 4096; line++) {
            missed += cache.access(line, false) == CacheFilter.HIT ? 0 : 1;
        }
        // A quarter of the cache: hardly a set gets more than it holds.
        assertTrue(missed < 41, "missed " + missed);
    }

    @Test
    void aScanOfMoreThanTheCacheNeverHits() {
        CacheFilter cache = new CacheFilter(1 << 20);
        int hits = 0;
        for (int round = 0; round < 3; round++) {
            for (long line = 0; line < 1 << 16; line++) {
                hits += cache.access(line, false) == CacheFilter.HIT ? 1 : 0;
            }
        }
        assertEquals(0, hits);
    }

    @Test
    void aLineIsWrittenBackOnceForAllItsWrites() {
        CacheFilter cache = new CacheFilter(1 << 20);
        assertEquals(CacheFilter.READ | CacheFilter.WRITTEN, cache.access(7, true));
        assertEquals(CacheFilter.HIT, cache.access(7, true));
        assertEquals(CacheFilter.HIT, cache.access(7, false));
        assertEquals(CacheFilter.READ, cache.access(8, false));
        assertEquals(CacheFilter.WRITTEN, cache.access(8, true));
        assertEquals(CacheFilter.HIT, cache.access(8, true));
    }
}
