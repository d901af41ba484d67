package io.emucxl.agent.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdkClassesTest {

    @ParameterizedTest
    @CsvSource({
        "java/util/ArrayList, true",
        "javax/crypto/spec/IvParameterSpec, true",
        "org/xml/sax/ContentHandler, true",
        "java/sql/Driver, true",
        "jdk/internal/misc/Unsafe, true",
        "javax/inject/Inject, false",
        "com/acme/Table, false",
        "Table, false",
    })
    void goByThePackage(String internalName, boolean jdk) {
        assertEquals(jdk, JdkClasses.has(internalName));
    }

    @Test
    void haveTheirFilesInTheirModules() throws IOException {
        assertNotNull(JdkClasses.file("java/util/ArrayList"));
        assertNotNull(JdkClasses.file("java/sql/Driver"));
        assertNull(JdkClasses.file("java/util/NoSuchClass"));
    }
}
