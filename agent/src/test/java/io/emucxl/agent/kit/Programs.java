package io.emucxl.agent.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The programs of the differential kit. */
public final class Programs {
    private static final String[][] KINDS = {
        // kind, another one, three values, which sections apply
        {"boolean", "byte", "false", "true", "true", ""},
        {"byte", "boolean", "(byte) -128", "(byte) 7", "(byte) 127", "sorted number"},
        {"char", "short", "'\\u0041'", "'\\u0062'", "'\\u007e'", "sorted number"},
        {"short", "char", "(short) -32768", "(short) 300", "(short) 32767", "sorted number"},
        {"int", "float", "-2147483648", "65537", "2147483647", "sorted number stream"},
        {"long", "double", "-9223372036854775808L", "4294967297L", "11L", "sorted number stream"},
        {"float", "int", "-0.0f", "1.5f", "Float.NaN", "sorted number"},
        {"double", "long", "-0.0", "1e300", "Double.NaN", "sorted number stream"},
    };

    private Programs() {}

    /** The sources by class name; every class that ends in Program has a main method. */
    public static Map<String, String> sources() {
        Map<String, String> all = new TreeMap<>();
        String template = read("Kind.java.template");
        for (String[] k : KINDS) {
            String kind = Character.toUpperCase(k[0].charAt(0)) + k[0].substring(1);
            String text = template;
            for (String section : new String[] {"sorted", "number", "stream"}) {
                Pattern p = Pattern.compile("(?s)#" + section + "\n(.*?)#end\n");
                text = p.matcher(text).replaceAll(k[5].contains(section) ? "$1" : "");
            }
            text =
                    text.replace("$type$", k[0])
                            .replace("$Kind$", kind)
                            .replace("$other$", k[1])
                            .replace("$x$", k[2])
                            .replace("$y$", k[3])
                            .replace("$z$", k[4]);
            all.put(kind + "Program", text);
        }
        for (String name :
                new String[] {
                    "BridgesProgram",
                    "ConfinedProgram",
                    "FoundProgram",
                    "NullsProgram",
                    "ProxiesProgram",
                    "SentinelsProgram",
                    "ShapesProgram",
                    "ThreadsProgram",
                    "UnsafeProgram"
                }) {
            all.put(name, read(name + ".java"));
        }
        return all;
    }

    /** A source without the lines that need a later library than that of Java 8. */
    public static String forJava8(String text) {
        return text.replaceAll("(?m)^.*Arrays\\.(mismatch|compare|equals\\(a, \\d)[^\\n]*\\n", "");
    }

    private static String read(String name) {
        try (InputStream in = Programs.class.getResourceAsStream("programs/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
