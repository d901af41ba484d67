package io.emucxl.agent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StartLineTest {

    @Test
    void sizesHaveOneDecimalAtMost() {
        assertEquals("0B", StartLine.size(0));
        assertEquals("1023B", StartLine.size(1023));
        assertEquals("64KiB", StartLine.size(65536));
        assertEquals("1.5MiB", StartLine.size(3 << 19));
        assertEquals("8GiB", StartLine.size(8L << 30));
        assertEquals("4096TiB", StartLine.size(1L << 52));
    }

    @Test
    void theVersionIsThePoms() throws IOException {
        String pom = Files.readString(Path.of("../pom.xml"));
        String version = pom.substring(pom.indexOf("<version>") + 9, pom.indexOf("</version>"));
        assertTrue(pom.contains("<artifactId>emucxl</artifactId>"));
        assertEquals(version, BuildVersion.TEXT);
    }
}
