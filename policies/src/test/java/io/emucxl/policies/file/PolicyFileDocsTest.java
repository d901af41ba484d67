package io.emucxl.policies.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/**
 * The documentation of the policy file is made from the table of keys. With {@code
 * -Demucxl.test.writeDocs=true} these tests write it.
 */
class PolicyFileDocsTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final String BEGIN = "<!-- keys -->\n";
    private static final String END = "<!-- end of keys -->";

    private static boolean write() {
        return Boolean.getBoolean("emucxl.test.writeDocs");
    }

    @Test
    void theTableInTheDocsIsTheTableOfKeys() throws Exception {
        Path file = DOCS.resolve("policy-file.md");
        String text = Files.readString(file);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        if (write()) {
            text = text.substring(0, begin) + PolicyFileDocs.table() + text.substring(end);
            Files.writeString(file, text);
            end = text.indexOf(END);
        }
        assertEquals(PolicyFileDocs.table(), text.substring(begin, end));
    }

    @Test
    void theSchemaInTheDocsIsMadeFromTheTableOfKeys() throws Exception {
        Path file = DOCS.resolve("policy-file.schema.json");
        if (write()) {
            Files.writeString(file, PolicyFileDocs.schema());
        }
        assertEquals(PolicyFileDocs.schema(), Files.readString(file));
    }

    @Test
    void theSchemaIsJson() {
        List<Problem> problems = new ArrayList<>();
        YamlNode schema = YamlTree.read("schema", PolicyFileDocs.schema(), problems);
        assertEquals(List.of(), problems);
        assertEquals("$schema", schema.keys.get(0).text);
        for (Key key : PolicyKeys.all()) {
            assertFalse(key.meaning().contains("\""), key.path());
            assertFalse(key.meaning().contains("\\"), key.path());
        }
    }

    @Test
    void theExampleInTheDocsIsRight() throws Exception {
        String text = Files.readString(DOCS.resolve("policy-file.md"));
        int begin = text.indexOf("```yaml\n") + 8;
        String example = text.substring(begin, text.indexOf("```", begin));
        PolicyFile file = PolicyFileParser.parse("example", example, new Properties());
        assertEquals(2, file.targets().size());
        assertTrue(PlainYaml.read(example) != null, "it costs the YAML library at start-up");
    }
}
