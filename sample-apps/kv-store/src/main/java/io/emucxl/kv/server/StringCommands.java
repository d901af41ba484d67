package io.emucxl.kv.server;

import static io.emucxl.kv.server.Arguments.deadline;
import static io.emucxl.kv.server.Arguments.integer;
import static io.emucxl.kv.server.Arguments.integerAfter;

import io.emucxl.kv.KeyValueStore;
import io.emucxl.kv.StoreFullException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** The commands on values. */
final class StringCommands {
    private static final byte[] NOTHING = {};

    private final KeyValueStore store;
    private final Limits limits;

    StringCommands(KeyValueStore store, Limits limits) {
        this.store = store;
        this.limits = limits;
    }

    void addTo(Map<String, Command> commands) {
        commands.put("GET", new Command(2, (a, out) -> out.bulk(store.get(a[1]))));
        commands.put("SET", new Command(-3, this::set));
        commands.put("MGET", new Command(-2, this::mget));
        commands.put("MSET", new Command(-3, this::mset));
        commands.put("INCR", new Command(2, (a, out) -> add(a[1], 1, out)));
        commands.put("DECR", new Command(2, (a, out) -> add(a[1], -1, out)));
        commands.put("INCRBY", new Command(3, (a, out) -> add(a[1], integer(a[2]), out)));
        commands.put("DECRBY", new Command(3, this::decrementBy));
        commands.put("APPEND", new Command(3, this::append));
        commands.put(
                "STRLEN",
                new Command(2, (a, out) -> out.integer(Math.max(0, store.valueLength(a[1])))));
    }

    private void set(byte[][] a, Replies out) {
        long expiry = 0;
        boolean timed = false;
        boolean keepTime = false;
        boolean giveOld = false;
        Boolean mustExist = null;
        for (int i = 3; i < a.length; i++) {
            switch (Arguments.word(a[i])) {
                case "NX" -> mustExist = once(mustExist, false);
                case "XX" -> mustExist = once(mustExist, true);
                case "GET" -> giveOld = true;
                case "KEEPTTL" -> keepTime = true;
                case "EX" -> {
                    once(timed);
                    expiry = future(integerAfter(a, i++), 1000, true);
                    timed = true;
                }
                case "PX" -> {
                    once(timed);
                    expiry = future(integerAfter(a, i++), 1, true);
                    timed = true;
                }
                case "EXAT" -> {
                    once(timed);
                    expiry = future(integerAfter(a, i++), 1000, false);
                    timed = true;
                }
                case "PXAT" -> {
                    once(timed);
                    expiry = future(integerAfter(a, i++), 1, false);
                    timed = true;
                }
                default -> throw CommandException.syntax();
            }
        }
        once(timed && keepTime);
        checkSizes(a[1], a[2].length);
        synchronized (store) {
            byte[] old = giveOld ? store.get(a[1]) : null;
            boolean done = mustExist == null || mustExist == store.contains(a[1]);
            if (done) {
                store.put(a[1], a[2], keepTime ? Math.max(0, store.expiry(a[1])) : expiry);
            }
            if (giveOld) {
                out.bulk(old);
            } else if (done) {
                out.ok();
            } else {
                out.nil();
            }
        }
    }

    private static Boolean once(Boolean before, boolean now) {
        if (before != null && before != now) {
            throw CommandException.syntax();
        }
        return now;
    }

    private static void once(boolean already) {
        if (already) {
            throw CommandException.syntax();
        }
    }

    private static long future(long amount, long millisPerUnit, boolean fromNow) {
        if (amount <= 0) {
            throw new CommandException("ERR invalid expire time in 'set' command");
        }
        return deadline(amount, millisPerUnit, fromNow, "set");
    }

    private void mget(byte[][] a, Replies out) {
        synchronized (store) {
            out.array(a.length - 1);
            for (int i = 1; i < a.length; i++) {
                out.bulk(store.get(a[i]));
            }
        }
    }

    /** All or none: when one of them does not fit, those before it are taken back. */
    private void mset(byte[][] a, Replies out) {
        if (a.length % 2 == 0) {
            throw CommandException.arguments("mset");
        }
        for (int i = 1; i < a.length; i += 2) {
            checkSizes(a[i], a[i + 1].length);
        }
        synchronized (store) {
            byte[][] old = new byte[a.length][];
            long[] expiries = new long[a.length];
            for (int i = 1; i < a.length; i += 2) {
                try {
                    expiries[i] = store.expiry(a[i]);
                    old[i] = store.get(a[i]);
                    store.put(a[i], a[i + 1]);
                } catch (StoreFullException e) {
                    for (int k = i - 2; k >= 1; k -= 2) {
                        takeBack(a[k], old[k], expiries[k]);
                    }
                    throw e;
                }
            }
        }
        out.ok();
    }

    private void takeBack(byte[] key, byte[] old, long expiry) {
        if (old == null) {
            store.delete(key);
        } else {
            store.put(key, old, expiry);
        }
    }

    private void decrementBy(byte[][] a, Replies out) {
        long amount = integer(a[2]);
        if (amount == Long.MIN_VALUE) {
            throw new CommandException("ERR decrement would overflow");
        }
        add(a[1], -amount, out);
    }

    private void add(byte[] key, long amount, Replies out) {
        checkSizes(key, 0);
        synchronized (store) {
            byte[] old = store.get(key);
            long before = old == null ? 0 : integer(old);
            long sum = before + amount;
            if (((before ^ sum) & (amount ^ sum)) < 0) {
                throw new CommandException("ERR increment or decrement would overflow");
            }
            byte[] value = Long.toString(sum).getBytes(StandardCharsets.US_ASCII);
            store.put(key, value, old == null ? 0 : store.expiry(key));
            out.integer(sum);
        }
    }

    private void append(byte[][] a, Replies out) {
        synchronized (store) {
            byte[] old = store.get(a[1]);
            int before = old == null ? 0 : old.length;
            checkSizes(a[1], before + (long) a[2].length);
            byte[] joined = Arrays.copyOf(old == null ? NOTHING : old, before + a[2].length);
            System.arraycopy(a[2], 0, joined, before, a[2].length);
            store.put(a[1], joined, old == null ? 0 : store.expiry(a[1]));
            out.integer(joined.length);
        }
    }

    private void checkSizes(byte[] key, long valueLength) {
        if (key.length > limits.keyBytes()) {
            throw new CommandException(
                    "ERR key exceeds maximum allowed size (" + limits.keyBytes() + " bytes)");
        }
        if (valueLength > limits.valueBytes()) {
            throw new CommandException(
                    "ERR string exceeds maximum allowed size (" + limits.valueBytes() + " bytes)");
        }
    }
}
