package io.emucxl.kv.server;

import static io.emucxl.kv.server.Arguments.deadline;
import static io.emucxl.kv.server.Arguments.integer;
import static io.emucxl.kv.server.Arguments.integerAfter;

import io.emucxl.kv.KeyValueStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The commands on keys, whatever their values. */
final class KeyCommands {
    private static final int SCANNED = 10;
    private static final int MOST_SCANNED = 100_000;

    private final KeyValueStore store;

    KeyCommands(KeyValueStore store) {
        this.store = store;
    }

    void addTo(Map<String, Command> commands) {
        commands.put("DEL", new Command(-2, this::delete));
        commands.put("UNLINK", new Command(-2, this::delete));
        commands.put("EXISTS", new Command(-2, this::exists));
        commands.put("TYPE", new Command(2, this::type));
        commands.put("EXPIRE", new Command(-3, (a, out) -> expire(a, 1000, "expire", out)));
        commands.put("PEXPIRE", new Command(-3, (a, out) -> expire(a, 1, "pexpire", out)));
        commands.put("TTL", new Command(2, (a, out) -> timeLeft(a[1], 1000, out)));
        commands.put("PTTL", new Command(2, (a, out) -> timeLeft(a[1], 1, out)));
        commands.put("PERSIST", new Command(2, this::persist));
        commands.put("KEYS", new Command(2, this::keys));
        commands.put("SCAN", new Command(-2, this::scan));
        commands.put("DBSIZE", new Command(1, (a, out) -> out.integer(store.size())));
        commands.put("FLUSHALL", new Command(-1, this::flush));
        commands.put("FLUSHDB", new Command(-1, this::flush));
    }

    private void delete(byte[][] a, Replies out) {
        int deleted = 0;
        synchronized (store) {
            for (int i = 1; i < a.length; i++) {
                if (store.delete(a[i])) {
                    deleted++;
                }
            }
        }
        out.integer(deleted);
    }

    private void exists(byte[][] a, Replies out) {
        int found = 0;
        synchronized (store) {
            for (int i = 1; i < a.length; i++) {
                if (store.contains(a[i])) {
                    found++;
                }
            }
        }
        out.integer(found);
    }

    private void type(byte[][] a, Replies out) {
        out.simple(store.contains(a[1]) ? "string" : "none");
    }

    private void expire(byte[][] a, long millisPerUnit, String command, Replies out) {
        long expiry = deadline(integer(a[2]), millisPerUnit, true, command);
        boolean ifNone = false;
        boolean ifAny = false;
        boolean ifLater = false;
        boolean ifEarlier = false;
        for (int i = 3; i < a.length; i++) {
            switch (Arguments.word(a[i])) {
                case "NX" -> ifNone = true;
                case "XX" -> ifAny = true;
                case "GT" -> ifLater = true;
                case "LT" -> ifEarlier = true;
                default ->
                        throw new CommandException(
                                "ERR Unsupported option " + Arguments.text(a[i]));
            }
        }
        if (ifNone && (ifAny || ifLater || ifEarlier)) {
            throw new CommandException(
                    "ERR NX and XX, GT or LT options at the same time are not compatible");
        }
        if (ifLater && ifEarlier) {
            throw new CommandException("ERR GT and LT options at the same time are not compatible");
        }
        synchronized (store) {
            long now = store.expiry(a[1]);
            boolean done =
                    now >= 0
                            && !(ifNone && now != 0)
                            && !(ifAny && now == 0)
                            && !(ifLater && (now == 0 || expiry <= now))
                            && !(ifEarlier && now != 0 && expiry >= now);
            if (done) {
                // 0 would mean never.
                store.expireAt(a[1], Math.max(1, expiry));
            }
            out.integer(done ? 1 : 0);
        }
    }

    private void timeLeft(byte[] key, long millisPerUnit, Replies out) {
        long expiry = store.expiry(key);
        if (expiry <= 0) {
            out.integer(expiry < 0 ? -2 : -1);
        } else {
            long left = Math.max(0, expiry - System.currentTimeMillis());
            out.integer((left + millisPerUnit / 2) / millisPerUnit);
        }
    }

    private void persist(byte[][] a, Replies out) {
        synchronized (store) {
            boolean timed = store.expiry(a[1]) > 0;
            if (timed) {
                store.expireAt(a[1], 0);
            }
            out.integer(timed ? 1 : 0);
        }
    }

    private void keys(byte[][] a, Replies out) {
        List<byte[]> found = new ArrayList<>();
        store.scan(0, Integer.MAX_VALUE, key -> addMatching(key, a[1], found));
        write(found, out);
    }

    private void scan(byte[][] a, Replies out) {
        long cursor = cursor(a[1]);
        long count = SCANNED;
        byte[] pattern = null;
        String type = "STRING";
        for (int i = 2; i < a.length; i += 2) {
            switch (Arguments.word(a[i])) {
                case "MATCH" -> pattern = Arguments.after(a, i);
                case "COUNT" -> {
                    count = integerAfter(a, i);
                    if (count < 1) {
                        throw CommandException.syntax();
                    }
                }
                case "TYPE" -> type = Arguments.word(Arguments.after(a, i));
                default -> throw CommandException.syntax();
            }
        }
        List<byte[]> found = new ArrayList<>();
        byte[] wanted = pattern;
        boolean strings = type.equals("STRING");
        int next =
                store.scan(
                        (int) Math.min(cursor, Integer.MAX_VALUE),
                        (int) Math.min(count, MOST_SCANNED),
                        key -> {
                            if (strings) {
                                addMatching(key, wanted, found);
                            }
                        });
        out.array(2);
        out.bulk(Integer.toString(next));
        write(found, out);
    }

    private static long cursor(byte[] argument) {
        try {
            return Math.max(0, integer(argument));
        } catch (CommandException e) {
            throw new CommandException("ERR invalid cursor");
        }
    }

    private static void addMatching(byte[] key, byte[] pattern, List<byte[]> found) {
        if (pattern == null || Glob.matches(pattern, key)) {
            found.add(key);
        }
    }

    private static void write(List<byte[]> keys, Replies out) {
        out.array(keys.size());
        for (byte[] key : keys) {
            out.bulk(key);
        }
    }

    private void flush(byte[][] a, Replies out) {
        if (a.length > 2) {
            throw CommandException.syntax();
        }
        if (a.length == 2) {
            String how = Arguments.word(a[1]);
            if (!how.equals("ASYNC") && !how.equals("SYNC")) {
                throw CommandException.syntax();
            }
        }
        store.clear();
        out.ok();
    }
}
