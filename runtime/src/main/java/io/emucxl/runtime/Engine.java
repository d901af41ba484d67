package io.emucxl.runtime;

/**
 * The tiering engine without its thread: once a period it gathers the marks, asks the policy, and
 * carries out its moves as far as the bandwidth goes.
 *
 * <p>Used by one thread. Time is in nanoseconds of a monotonic clock that the caller passes in.
 */
final class Engine {
    private static final int LOCAL = 0;
    private static final int REMOTE = 1;
    private static final int ENOMEM = 12;

    /** A region's accesses count half after this many periods. */
    private static final int HALF_LIFE_PERIODS = 10;

    final Regions regions;
    final Telemetry telemetry;
    final Heat heat;
    final Touched touched = new Touched();

    private final Warnings warnings;
    private final MoveQueue queue = new MoveQueue();
    private final Backoff backoff = new Backoff();
    private final LiveObservation observation;
    private final Requests requests = new Requests();
    private final Pins pins;
    private PlacementPolicy policy;
    private MoveBudget budget;
    private boolean localFull;
    private boolean remoteFull;
    private long now;

    Engine(Regions regions, Tuning tuning, Telemetry telemetry, Warnings warnings, long now) {
        this.regions = regions;
        this.telemetry = telemetry;
        this.warnings = warnings;
        this.now = now;
        heat = new Heat(HALF_LIFE_PERIODS * tuning.periodNanos());
        observation = new LiveObservation(regions, touched, backoff, telemetry);
        pins = new Pins(regions, heat, backoff, warnings);
        tune(tuning);
    }

    /** Puts this into force. Moves that are under way go on. */
    void tune(Tuning tuning) {
        policy = tuning.policy();
        heat.halfLife(HALF_LIFE_PERIODS * tuning.periodNanos());
        budget = new MoveBudget(tuning, regions.regionBytes(), now);
        observation.tune(tuning);
    }

    /** Gathers the marks and asks the policy, unless it has moves of the last period to come. */
    void period(long time) {
        now = time;
        touched.clear();
        regions.harvest(touched);
        count();
        telemetry.add(Counter.PERIODS, 1);
        localFull = false;
        remoteFull = false;
        backoff.expire(now);
        if (policy != null && queue.isEmpty() && budget.perPeriod() > 0) {
            pins.keep(now, (int) Math.min(regionsInPeriod(), Integer.MAX_VALUE), queue);
            boolean idle = queue.isEmpty();
            decide();
            if (idle) {
                relieve();
            }
        }
    }

    private void count() {
        heat.advance(now);
        if (telemetry.duty > 0) {
            heat.sampled(telemetry.duty);
        }
        long[] reads = new long[2];
        long[] writes = new long[2];
        for (int k = 0; k < touched.size(); k++) {
            int region = touched.region(k);
            heat.add(region, touched.reads(k), touched.writes(k));
            int tier = regions.tier(region);
            if (tier < 0) {
                heat.forget(region);
            } else {
                reads[tier] += touched.reads(k);
                writes[tier] += touched.writes(k);
            }
        }
        telemetry.add(Counter.LOCAL_READS, reads[LOCAL]);
        telemetry.add(Counter.LOCAL_WRITES, writes[LOCAL]);
        telemetry.add(Counter.REMOTE_READS, reads[REMOTE]);
        telemetry.add(Counter.REMOTE_WRITES, writes[REMOTE]);
    }

    private long regionsInPeriod() {
        return budget.perPeriod() / regions.regionBytes();
    }

    private void decide() {
        requests.left = regionsInPeriod() - queue.size();
        observation.begin(now, requests.left * regions.regionBytes(), queue);
        long before = System.nanoTime();
        try {
            policy.decide(observation, requests);
        } catch (Throwable e) { // whatever a policy throws, the program goes on
            telemetry.add(Counter.POLICY_FAILURES, 1);
            warnings.once(
                    "policy",
                    "the placement policy "
                            + policy.getClass().getName()
                            + " failed: "
                            + e
                            + "; what it had asked for is carried out, and it is asked again");
        }
        long nanos = System.nanoTime() - before;
        telemetry.add(Counter.DECIDE_NANOS, nanos);
        telemetry.raise(Counter.LONGEST_DECIDE_NANOS, nanos);
    }

    /**
     * Demotes the coldest regions when the local tier holds more than its capacity, as it does
     * after the capacity was lowered, and the policy does nothing about it.
     */
    private void relieve() {
        long over = regions.used(LOCAL) - regions.capacity(LOCAL);
        if (over <= 0 || !queue.isEmpty()) {
            return;
        }
        warnings.once(
                "over",
                "the local tier holds "
                        + over
                        + " bytes more than its capacity; its coldest regions are demoted");
        long many = (over + regions.regionBytes() - 1) / regions.regionBytes();
        ColdestRegions.find(
                regions, heat, backoff, now, (int) Math.min(many, regionsInPeriod()), queue);
    }

    /**
     * Carries out moves until this time, or until there are none or the bandwidth is used up.
     *
     * @return the time at which it makes sense to go on, at most {@code until}
     */
    long moves(Clock clock, long until) {
        while (!queue.isEmpty()) {
            long time = clock.nanos();
            if (time - until >= 0) {
                return until;
            }
            if (!budget.take(regions.regionBytes(), time)) {
                long at = time + budget.nanosUntil(regions.regionBytes());
                return at - until < 0 ? at : until;
            }
            move(queue.region(), queue.tier(), clock);
            queue.remove();
        }
        return until;
    }

    private void move(int region, int tier, Clock clock) {
        int from = regions.tier(region);
        if (from < 0
                || from == tier
                || regions.pinned(region)
                || (tier == LOCAL ? localFull : remoteFull)) {
            return;
        }
        long before = clock.nanos();
        int errno = regions.migrate(region, tier);
        long after = clock.nanos();
        if (errno == 0) {
            backoff.succeeded(region);
            telemetry.add(Counter.MOVE_NANOS, after - before);
            telemetry.add(Counter.BYTES_MOVED, regions.regionBytes());
            if (tier == LOCAL) {
                telemetry.add(Counter.PROMOTIONS, 1);
            } else {
                telemetry.add(Counter.DEMOTIONS, 1);
            }
            return;
        }
        telemetry.add(Counter.FAILED_MOVES, 1);
        if (errno == ENOMEM) {
            localFull |= tier == LOCAL;
            remoteFull |= tier == REMOTE;
        } else {
            backoff.failed(region, after);
        }
        warnings.once(
                "move" + errno + tier,
                "region "
                        + region
                        + " could not be moved to the "
                        + (tier == LOCAL ? "local" : "remote")
                        + " tier (errno "
                        + errno
                        + "); it stays where it is and is tried again later");
    }

    /** Whether moves wait for bandwidth or time. */
    boolean moving() {
        return !queue.isEmpty();
    }

    /** A monotonic clock. */
    interface Clock {
        /** Nanoseconds since some moment in the past. */
        long nanos();
    }

    /** Takes what the policy asks for, and drops what makes no sense. */
    private final class Requests implements PlacementPolicy.Moves {
        long left;

        /**
         * Whether a region was to be demoted just before, to make room for this one of lower
         * priority; it stays then.
         */
        private boolean displaces(int unit) {
            int victim = regions.claimed() ? queue.lastTo(REMOTE) : -1;
            if (victim < 0 || regions.priority(victim) <= regions.priority(unit)) {
                return false;
            }
            queue.takeBack();
            observation.asked(victim, LOCAL);
            left++;
            return true;
        }

        @Override
        public void move(int unit, int node) {
            if (unit < 0 || unit >= regions.count() || node < LOCAL || node > REMOTE) {
                telemetry.add(Counter.REFUSED_MOVES, 1);
                warnings.once(
                        "nonsense",
                        "the placement policy "
                                + policy.getClass().getName()
                                + " asked for region "
                                + unit
                                + " to be moved to node "
                                + node
                                + ", which does not exist; such moves are ignored");
                return;
            }
            int from = observation.node(unit);
            if (from < 0 || from == node) {
                return;
            }
            if (left == 0 || (node == LOCAL && displaces(unit))) {
                telemetry.add(Counter.REFUSED_MOVES, 1);
                return;
            }
            left--;
            queue.add(unit, node);
            observation.asked(unit, node);
        }
    }
}
