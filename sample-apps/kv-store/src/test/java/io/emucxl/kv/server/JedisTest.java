package io.emucxl.kv.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.kv.Capacity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.resps.ScanResult;

/** Each command, as a client that people use sends it. */
class JedisTest {
    private static final int PATIENCE_MILLIS = 120_000;

    private static Served served;
    private Jedis jedis;

    @BeforeAll
    static void start() {
        served = new Served(Capacity.bytes(16 << 10, 64 << 10));
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @BeforeEach
    void connect() {
        jedis = new Jedis("localhost", served.port(), PATIENCE_MILLIS);
        jedis.flushAll();
    }

    @AfterEach
    void disconnect() {
        jedis.close();
    }

    @Test
    void setAndGet() {
        assertEquals("OK", jedis.set("a", "1"));
        assertEquals("1", jedis.get("a"));
        assertNull(jedis.get("b"));
        byte[] binary = {0, 13, 10, -1, 36};
        jedis.set(binary, binary);
        assertArrayEquals(binary, jedis.get(binary));
    }

    @Test
    void setWithConditions() {
        assertNull(jedis.set("a", "1", SetParams.setParams().xx()));
        assertEquals("OK", jedis.set("a", "1", SetParams.setParams().nx()));
        assertNull(jedis.set("a", "2", SetParams.setParams().nx()));
        assertEquals("OK", jedis.set("a", "3", SetParams.setParams().xx()));
        assertEquals("3", jedis.setGet("a", "4"));
        assertEquals("4", jedis.get("a"));
    }

    @Test
    void timesToLive() {
        jedis.set("a", "1", SetParams.setParams().ex(100));
        long ttl = jedis.ttl("a");
        assertTrue(ttl == 100 || ttl == 99, "ttl " + ttl);
        jedis.set("a", "2", SetParams.setParams().keepTtl());
        assertTrue(jedis.pttl("a") > 50_000);
        jedis.append("a", "x");
        jedis.set("n", "1", SetParams.setParams().px(100_000));
        jedis.incr("n");
        assertTrue(jedis.ttl("n") > 0);
        assertEquals(1, jedis.persist("a"));
        assertEquals(-1, jedis.ttl("a"));
        assertEquals(-2, jedis.ttl("none"));
        assertEquals(1, jedis.expire("a", 1000));
        assertEquals(0, jedis.expire("none", 1000));
        jedis.set("a", "3");
        assertEquals(-1, jedis.ttl("a"));
        assertEquals(1, jedis.expire("a", -1));
        assertFalse(jedis.exists("a"));
        assertThrows(
                JedisDataException.class, () -> jedis.set("a", "1", SetParams.setParams().ex(0)));
        assertThrows(JedisDataException.class, () -> jedis.expire("a", Long.MAX_VALUE));
    }

    @Test
    void severalKeysAtOnce() {
        jedis.mset("a", "1", "b", "2");
        assertEquals(Arrays.asList("1", null, "2"), jedis.mget("a", "x", "b"));
        assertEquals(3, jedis.exists("a", "b", "a", "x"));
        assertEquals(2, jedis.del("a", "b", "x"));
        assertEquals(0, jedis.dbSize());
    }

    @Test
    void numbers() {
        assertEquals(1, jedis.incr("n"));
        assertEquals(11, jedis.incrBy("n", 10));
        assertEquals(8, jedis.decrBy("n", 3));
        assertEquals(7, jedis.decr("n"));
        jedis.set("n", Long.toString(Long.MAX_VALUE));
        assertThrows(JedisDataException.class, () -> jedis.incr("n"));
        assertEquals(Long.toString(Long.MAX_VALUE), jedis.get("n"));
        for (String no : List.of("x", "", " 1", "1 ", "01", "+1", "9223372036854775808", "1.5")) {
            jedis.set("n", no);
            JedisDataException e =
                    assertThrows(JedisDataException.class, () -> jedis.incr("n"), no);
            assertEquals("ERR value is not an integer or out of range", e.getMessage());
        }
    }

    @Test
    void appendAndLength() {
        assertEquals(5, jedis.append("s", "hello"));
        assertEquals(11, jedis.append("s", " world"));
        assertEquals("hello world", jedis.get("s"));
        assertEquals(11, jedis.strlen("s"));
        assertEquals(0, jedis.strlen("none"));
        assertEquals("string", jedis.type("s"));
        assertEquals("none", jedis.type("x"));
    }

    @Test
    void keysAndScan() {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 150; i++) {
            jedis.set("user:" + i, "x");
            all.add("user:" + i);
        }
        jedis.set("other", "x");
        assertEquals(all, jedis.keys("user:*"));
        assertEquals(Set.of("user:10", "user:11"), jedis.keys("user:1[01]"));
        List<String> seen = new ArrayList<>();
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> page = jedis.scan(cursor, new ScanParams().match("u*").count(7));
            seen.addAll(page.getResult());
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        assertEquals(150, seen.size());
        assertEquals(all, new HashSet<>(seen));
        assertEquals(151, jedis.dbSize());
    }

    @Test
    void pipelinesKeepTheirOrder() {
        Pipeline pipeline = jedis.pipelined();
        List<Response<String>> replies = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            pipeline.set("k" + i % 50, "v" + i);
            replies.add(pipeline.get("k" + i % 50));
        }
        pipeline.sync();
        for (int i = 0; i < 5000; i++) {
            assertEquals("v" + i, replies.get(i).get());
        }
    }

    @Test
    void theServerAndTheConnection() {
        assertEquals("PONG", jedis.ping());
        assertEquals("hello", jedis.ping("hello"));
        assertEquals("echo", jedis.echo("echo"));
        assertEquals(Map.of("maxmemory", "81920"), jedis.configGet("maxmemory"));
        assertEquals("", jedis.configGet("sa*").get("save"));
        assertTrue(jedis.info().contains("local_capacity:16384\r\n"));
        assertFalse(jedis.info("tiers").contains("redis_version"));
        assertTrue(jedis.commandCount() > 30);
        JedisDataException e = assertThrows(JedisDataException.class, () -> jedis.lpush("a", "b"));
        assertTrue(e.getMessage().startsWith("ERR unknown command 'LPUSH'"), e.getMessage());
        assertEquals("OK", jedis.select(0));
        assertThrows(JedisDataException.class, () -> jedis.select(1));
    }

    @Test
    void fullGivesTheErrorOfRedisAndLosesNothing() {
        byte[] value = new byte[1000];
        new Random(1).nextBytes(value);
        int stored = 0;
        JedisDataException full = null;
        while (full == null) {
            try {
                jedis.set(("k" + stored).getBytes(StandardCharsets.UTF_8), value);
                stored++;
            } catch (JedisDataException e) {
                full = e;
            }
        }
        assertEquals("OOM command not allowed when used memory > 'maxmemory'.", full.getMessage());
        assertTrue(stored > 70, "only " + stored);
        byte[] last = ("k" + (stored - 1)).getBytes(StandardCharsets.UTF_8);
        assertThrows(JedisDataException.class, () -> jedis.append(last, value));
        assertThrows(
                JedisDataException.class,
                () -> jedis.mset("k0", "x", "fresh", "y", "big", "z".repeat(2000)));
        assertFalse(jedis.exists("fresh"));
        for (int i = 0; i < stored; i++) {
            assertArrayEquals(value, jedis.get(("k" + i).getBytes(StandardCharsets.UTF_8)));
        }
        jedis.del("k1");
        assertEquals("OK", jedis.set("small", "x"));
    }
}
