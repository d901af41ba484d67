package io.emucxl.kv.server;

import io.emucxl.kv.Capacity;
import io.emucxl.kv.KeyValueStore;
import io.emucxl.kv.Statistics;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;

/** The commands on the server and the connection. */
final class ServerCommands {
    private final KeyValueStore store;
    private final Capacity capacity;
    private final Limits limits;
    private final IntSupplier clients;
    private final String backend;
    private final long started = System.nanoTime();
    private Map<String, Command> commands = Map.of();

    ServerCommands(
            KeyValueStore store,
            Capacity capacity,
            Limits limits,
            String backend,
            IntSupplier clients) {
        this.store = store;
        this.capacity = capacity;
        this.limits = limits;
        this.backend = backend;
        this.clients = clients;
    }

    void addTo(Map<String, Command> all) {
        all.put("PING", new Command(-1, this::ping));
        all.put("ECHO", new Command(2, (a, out) -> out.bulk(a[1])));
        all.put("COMMAND", new Command(-1, this::command));
        all.put("CONFIG", new Command(-2, this::config));
        all.put("INFO", new Command(-1, this::info));
        all.put("SELECT", new Command(2, this::select));
        all.put("CLIENT", new Command(-2, this::client));
        all.put("QUIT", new Command(-1, (a, out) -> out.ok()));
        commands = all;
    }

    private void ping(byte[][] a, Replies out) {
        if (a.length > 2) {
            throw CommandException.arguments("ping");
        }
        if (a.length == 2) {
            out.bulk(a[1]);
        } else {
            out.simple("PONG");
        }
    }

    private void command(byte[][] a, Replies out) {
        String what = a.length > 1 ? Arguments.word(a[1]) : "";
        switch (what) {
            case "COUNT" -> out.integer(commands.size());
            case "DOCS" -> out.array(0);
            case "" -> {
                out.array(commands.size());
                commands.forEach((name, command) -> describe(name, command, out));
            }
            case "INFO" -> {
                out.array(a.length - 2);
                for (int i = 2; i < a.length; i++) {
                    String name = Arguments.word(a[i]);
                    Command command = commands.get(name);
                    if (command == null) {
                        out.nil();
                    } else {
                        describe(name, command, out);
                    }
                }
            }
            default -> throw unknown("COMMAND", a[1]);
        }
    }

    /** Name, arity, no flags; first key, last key and step are not told. */
    private static void describe(String name, Command command, Replies out) {
        out.array(6);
        out.bulk(name.toLowerCase(Locale.ROOT));
        out.integer(command.arity());
        out.array(0);
        out.integer(0);
        out.integer(0);
        out.integer(0);
    }

    private void config(byte[][] a, Replies out) {
        if (!Arguments.word(a[1]).equals("GET")) {
            throw unknown("CONFIG", a[1]);
        }
        if (a.length < 3) {
            throw CommandException.arguments("config|get");
        }
        Map<String, String> found = new LinkedHashMap<>();
        settings()
                .forEach(
                        (name, value) -> {
                            byte[] text = name.getBytes(StandardCharsets.UTF_8);
                            for (int i = 2; i < a.length; i++) {
                                String pattern = Arguments.text(a[i]).toLowerCase(Locale.ROOT);
                                if (Glob.matches(pattern.getBytes(StandardCharsets.UTF_8), text)) {
                                    found.put(name, value);
                                }
                            }
                        });
        out.array(2 * found.size());
        found.forEach(
                (name, value) -> {
                    out.bulk(name);
                    out.bulk(value);
                });
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("maxmemory", Long.toString(capacity.local() + capacity.remote()));
        settings.put("maxmemory-policy", "noeviction");
        settings.put("maxclients", Integer.toString(limits.clients()));
        settings.put("proto-max-bulk-len", Integer.toString(limits.valueBytes()));
        settings.put("save", "");
        settings.put("appendonly", "no");
        settings.put("databases", "1");
        settings.put("placement-rule", store.rule());
        settings.put("local-capacity", Long.toString(capacity.local()));
        settings.put("remote-capacity", Long.toString(capacity.remote()));
        return settings;
    }

    private void info(byte[][] a, Replies out) {
        StringBuilder text = new StringBuilder();
        Statistics s = store.statistics();
        Map<String, Map<String, Object>> sections = new LinkedHashMap<>();
        Map<String, Object> server = new LinkedHashMap<>();
        server.put("redis_version", "7.0.0");
        server.put("multiplexing_api", RedisServer.transport());
        server.put("emucxl_backend", backend);
        server.put("placement_rule", store.rule());
        server.put("uptime_in_seconds", (System.nanoTime() - started) / 1_000_000_000);
        sections.put("Server", server);
        sections.put("Clients", Map.of("connected_clients", clients.getAsInt()));
        Map<String, Object> memory = new LinkedHashMap<>();
        memory.put("used_memory", s.localBytes() + s.remoteBytes());
        memory.put("maxmemory", capacity.local() + capacity.remote());
        memory.put("maxmemory_policy", "noeviction");
        sections.put("Memory", memory);
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("keyspace_hits", s.localGets() + s.remoteGets());
        stats.put("keyspace_misses", s.missedGets());
        stats.put("expired_keys", s.expired());
        sections.put("Stats", stats);
        Map<String, Object> tiers = new LinkedHashMap<>();
        tiers.put("local_capacity", capacity.local());
        tiers.put("local_bytes", s.localBytes());
        tiers.put("local_objects", s.localObjects());
        tiers.put("local_gets", s.localGets());
        tiers.put("remote_capacity", capacity.remote());
        tiers.put("remote_bytes", s.remoteBytes());
        tiers.put("remote_objects", s.remoteObjects());
        tiers.put("remote_gets", s.remoteGets());
        tiers.put("local_share", String.format(Locale.ROOT, "%.4f", s.localShare()));
        tiers.put("promotions", s.promotions());
        tiers.put("demotions", s.demotions());
        sections.put("Tiers", tiers);
        long keys = s.localObjects() + s.remoteObjects();
        sections.put("Keyspace", keys == 0 ? Map.of() : Map.of("db0", "keys=" + keys));
        sections.forEach(
                (section, values) -> {
                    if (asked(a, section)) {
                        text.append("# ").append(section).append("\r\n");
                        values.forEach(
                                (name, value) ->
                                        text.append(name).append(':').append(value).append("\r\n"));
                        text.append("\r\n");
                    }
                });
        out.bulk(text.toString());
    }

    private static boolean asked(byte[][] a, String section) {
        if (a.length == 1) {
            return true;
        }
        for (int i = 1; i < a.length; i++) {
            String word = Arguments.word(a[i]);
            if (word.equalsIgnoreCase(section)
                    || word.equals("ALL")
                    || word.equals("DEFAULT")
                    || word.equals("EVERYTHING")) {
                return true;
            }
        }
        return false;
    }

    private void select(byte[][] a, Replies out) {
        if (Arguments.integer(a[1]) != 0) {
            throw new CommandException("ERR DB index is out of range");
        }
        out.ok();
    }

    private void client(byte[][] a, Replies out) {
        switch (Arguments.word(a[1])) {
            case "SETNAME", "SETINFO" -> out.ok();
            default -> throw unknown("CLIENT", a[1]);
        }
    }

    private static CommandException unknown(String command, byte[] subcommand) {
        return new CommandException(
                "ERR unknown subcommand '"
                        + Arguments.text(subcommand)
                        + "'. Try "
                        + command
                        + " HELP.");
    }
}
