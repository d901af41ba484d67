package io.emucxl.policies.file;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

/**
 * Reader of policy files. It goes on after a mistake, so that one run shows them all; system
 * properties {@code emucxl.KEY} override what the file says.
 *
 * <p>Thread-safe: it has no state.
 */
public final class PolicyFileParser {
    /** A policy file that is larger is refused unread. */
    static final int MAX_BYTES = 1 << 20;

    /** Only ten thousand mistakes of one file would be no help. */
    private static final int MAX_PROBLEMS = 100;

    private PolicyFileParser() {}

    /**
     * Reads a policy file.
     *
     * @param file its path, or null or empty for none: then every key has its default
     * @param properties the system properties
     * @throws PolicyFileException when there is no such file or anything is wrong in it
     */
    public static PolicyFile read(String file, Properties properties) throws PolicyFileException {
        List<Problem> problems = new ArrayList<>();
        String text = file == null || file.isEmpty() ? null : text(file, problems);
        return parse(file, text, properties, problems);
    }

    /**
     * Reads a policy file as {@link #read} does without system properties, and looks besides
     * whether what it names is there: a policy class of the user's own is loaded, files are looked
     * for.
     *
     * @throws PolicyFileException when anything is wrong
     */
    public static PolicyFile check(String file) throws PolicyFileException {
        List<Problem> problems = new ArrayList<>();
        PolicyValues values = values(file, text(file, problems), new Properties(), problems);
        fail(problems);
        PolicyFile policy = values.policyFile();
        values.references(policy);
        fail(problems);
        return policy;
    }

    /**
     * Reads the text of a policy file.
     *
     * @param file the name that errors give it
     * @throws PolicyFileException when anything is wrong in it
     */
    public static PolicyFile parse(String file, String text, Properties properties)
            throws PolicyFileException {
        return parse(file, text, properties, new ArrayList<>());
    }

    private static PolicyFile parse(
            String file, String text, Properties properties, List<Problem> problems)
            throws PolicyFileException {
        PolicyValues values = values(file, text, properties, problems);
        fail(problems);
        return values.policyFile();
    }

    private static PolicyValues values(
            String file, String text, Properties properties, List<Problem> problems) {
        YamlNode document = null;
        if (text != null) {
            document = PlainYaml.read(text);
            if (document == null) {
                document = YamlTree.read(file, text, problems);
            }
        }
        PolicyValues values = new PolicyValues(file, problems);
        values.document(document);
        values.properties(properties);
        values.check();
        return values;
    }

    private static void fail(List<Problem> problems) throws PolicyFileException {
        if (!problems.isEmpty()) {
            int shown = Math.min(problems.size(), MAX_PROBLEMS);
            throw new PolicyFileException(problems.subList(0, shown));
        }
    }

    /** The file's text, or null after what is wrong with it was added to the problems. */
    private static String text(String file, List<Problem> problems) {
        byte[] bytes;
        try (FileInputStream in = new FileInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (FileNotFoundException e) {
            problems.add(new Problem(file, 0, 0, missing(file)));
            return null;
        } catch (IOException e) {
            problems.add(new Problem(file, 0, 0, "cannot be read: " + e.getMessage()));
            return null;
        }
        if (bytes.length > MAX_BYTES) {
            problems.add(
                    new Problem(
                            file,
                            0,
                            0,
                            "more than 1 MiB; a policy file is smaller: give the path of the YAML"
                                    + " file that holds the policy"));
            return null;
        }
        return decode(file, bytes, problems);
    }

    private static String missing(String name) {
        File file = new File(name);
        if (file.isDirectory()) {
            return "is a directory; give the path of a policy file in it";
        }
        if (file.exists()) {
            return "cannot be read; check its permissions";
        }
        File directory = file.getAbsoluteFile().getParentFile();
        String[] there = directory == null ? null : directory.list();
        if (there == null) {
            return "no such file, and no directory " + directory;
        }
        String meant = NearestName.of(file.getName(), java.util.Arrays.asList(there));
        return meant == null
                ? "no such file in " + directory + "; give the path of a policy file"
                : "no such file; did you mean \"" + new File(file.getParent(), meant) + "\"?";
    }

    private static String decode(String file, byte[] bytes, List<Problem> problems) {
        int from = 0;
        if (bytes.length >= 3
                && bytes[0] == (byte) 0xEF
                && bytes[1] == (byte) 0xBB
                && bytes[2] == (byte) 0xBF) {
            from = 3;
        }
        boolean ascii = true;
        for (byte b : bytes) {
            ascii &= b >= 0;
        }
        if (ascii) {
            return unixLines(new String(bytes, StandardCharsets.ISO_8859_1));
        }
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        out.flip();
        String text = out.toString();
        if (result.isError()) {
            int line = 1;
            int start = 0;
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) == '\n') {
                    line++;
                    start = i + 1;
                }
            }
            problems.add(
                    new Problem(
                            file,
                            line,
                            text.length() - start + 1,
                            "the byte 0x"
                                    + Integer.toHexString(bytes[in.position()] & 0xFF)
                                    + " is not UTF-8; save the file as UTF-8"));
            return null;
        }
        return unixLines(text);
    }

    private static String unixLines(String text) {
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n");
    }

    /** What holds without a policy file and without system properties. */
    public static PolicyFile defaults() {
        PolicyValues values = new PolicyValues("", Collections.emptyList());
        return values.policyFile();
    }
}
