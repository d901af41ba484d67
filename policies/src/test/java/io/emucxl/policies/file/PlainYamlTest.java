package io.emucxl.policies.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the plain reader answers is what the YAML library answers. */
class PlainYamlTest {
    private static String whole(String text) {
        List<Problem> problems = new ArrayList<>();
        YamlNode tree = YamlTree.read("p.yaml", text, problems);
        return problems.isEmpty() ? String.valueOf(tree) : "problems: " + problems;
    }

    private static boolean agree(String text) {
        YamlNode plain = PlainYaml.read(text);
        if (plain != null) {
            assertEquals(whole(text), plain.toString(), text);
        }
        return plain != null;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PolicyFileParserTest.WHOLE,
                "a: 1",
                "a:\n- b\n- c: 1\n  d: 2\ne: 3\n",
                "a:\n  b:\n    c: 1\n  d:\ne:\n",
                "a: [1, {b: c}, []]\n# x\nb: {}   # y\n",
                "- a\n-   b: 1\n    c: 2\n- 'q # r'\n",
                "a: 'x'\nb: \"y z\"\nc: \"\"\n",
                "a: b   \nd: x  y\n",
                "\n\n  a: 1\n  b: 2\n",
            })
    void readsPlainFiles(String text) {
        assertTrue(agree(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# only a comment",
                "a: &x 1",
                "a: *x",
                "a: |\n  b\n",
                "a: b\n  c\n",
                "a: \"x\\n\"",
                "a: 'it''s'",
                "a:\tb",
                "a: b#c",
                "a: [1,\n 2]",
                "a: 1\n b: 2",
                "a: b: c",
                "a:\n    b: 1\n  c: 2\n",
                "---\na: 1",
                "%YAML 1.2\n---\na: 1",
                "a: !!str x",
                "? a\n: b",
                "a: {b}",
                "- - a",
                "a: na\u00efve",
            })
    void leavesTheRestToTheLibrary(String text) {
        assertNull(PlainYaml.read(text));
    }

    @Test
    void agreesOnMutilatedFiles() {
        Random random = new Random(1);
        String alphabet = " \n:-#{}[],'\"ab1.*&!|>%?\t~\\";
        int answered = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(PolicyFileParserTest.WHOLE);
            text.setLength(100 + random.nextInt(text.length() - 100));
            for (int i = random.nextInt(4); i >= 0; i--) {
                int at = random.nextInt(text.length());
                char c = alphabet.charAt(random.nextInt(alphabet.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, c);
                    case 1 -> text.insert(at, c);
                    default -> text.deleteCharAt(at);
                }
            }
            if (agree(text.toString())) {
                answered++;
            }
        }
        assertTrue(answered > 1000, "answered only " + answered);
    }

    @Test
    void agreesOnSmallRandomTexts() {
        Random random = new Random(2);
        String[] pieces = {
            "a", "b: ", "c:", "- ", "-", "\n", "\n  ", "\n    ", "{", "}", "[", "]", ", ", ",", " ",
            "#", " # d", "'e'", "\"f\"", "1", ".", "*", "/", ":", "~", "(", "=", "@"
        };
        int answered = 0;
        for (int round = 0; round < 100_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(10); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            if (agree(text.toString())) {
                answered++;
            }
        }
        assertTrue(answered > 1000, "answered only " + answered);
    }

    @Test
    void thePlainReaderServesTheDocumentedExample() {
        assertNotNull(PlainYaml.read(PolicyFileParserTest.WHOLE));
    }
}
