package io.emucxl.kv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "*, '', true",
        "*, abc, true",
        "'', '', true",
        "'', a, false",
        "a*c, abbbc, true",
        "a*c, abbbd, false",
        "a*b*c, axbxbxc, true",
        "h?llo, hello, true",
        "h?llo, hllo, false",
        "h[ae]llo, hallo, true",
        "h[^e]llo, hello, false",
        "h[^e]llo, hallo, true",
        "h[a-c]llo, hbllo, true",
        "h[c-a]llo, hbllo, true",
        "h[a-c]llo, hdllo, false",
        "a\\*, a*, true",
        "a\\*, ab, false",
        "[, '[', false",
        "[ab, a, true",
        "a\\, a\\, true",
        "**a, bbba, true",
    })
    void matchesAsRedisDoes(String pattern, String text, boolean expected) {
        assertEquals(expected, Glob.matches(bytes(pattern), bytes(text)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
