package io.emucxl.policies.file;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reader of device profiles: those that come with emucxl, and files of one's own in the same form
 * ({@code docs/device-model.md}).
 *
 * <p>Thread-safe: it has no state.
 */
public final class DeviceProfiles {
    /** Behind the name of a profile: its latency is taken as a multiple of local-dram's. */
    public static final String RELATIVE = " relative";

    /** The profile of tiers that are not charged. */
    public static final String NONE = "none";

    private static final String DIRECTORY = "io/emucxl/policies/profiles/";
    private static final String LOCAL = "local-dram";
    private static final int MAX_BYTES = 1 << 16;
    private static final int MAX_POINTS = 64;
    private static final List<String> TOP =
            List.of("version", "about", "latency", "bandwidth", "loaded");

    private final String file;
    private final List<Problem> problems = new ArrayList<>();

    private DeviceProfiles(String file) {
        this.file = file;
    }

    /** The names of the profiles that come with emucxl. */
    public static List<String> names() {
        return PolicyKeys.PROFILES.subList(1, PolicyKeys.PROFILES.size());
    }

    /**
     * Reads a profile.
     *
     * @param name the name of a profile that comes with emucxl or the path of a file; with {@link
     *     #RELATIVE} behind it, its latency is a multiple of that of the machine's local memory
     * @throws PolicyFileException when there is no such profile or anything is wrong in it
     */
    public static DeviceProfile read(String name) throws PolicyFileException {
        if (name.endsWith(RELATIVE)) {
            return read(name.substring(0, name.length() - RELATIVE.length()))
                    .relativeTo(read(LOCAL));
        }
        DeviceProfiles reader = new DeviceProfiles(name);
        String text = names().contains(name) ? reader.resource(name) : reader.text(name);
        return reader.profile(name, text);
    }

    /**
     * Reads the text of a profile.
     *
     * @param name the name that it gets, and that errors give the file
     * @throws PolicyFileException when anything is wrong in it
     */
    public static DeviceProfile parse(String name, String text) throws PolicyFileException {
        return new DeviceProfiles(name).profile(name, text);
    }

    private String resource(String name) {
        ClassLoader loader = DeviceProfiles.class.getClassLoader();
        try (InputStream in = loader.getResourceAsStream(DIRECTORY + name + ".yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the profile " + name + " cannot be read", e);
        }
    }

    private String text(String name) {
        try (FileInputStream in = new FileInputStream(name)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                problem(0, 0, "more than 64 KiB; a device profile is smaller");
                return null;
            }
            return new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (FileNotFoundException e) {
            problem(
                    0,
                    0,
                    new File(name).exists()
                            ? "cannot be read; give the path of a device profile"
                            : "no such device profile; "
                                    + NearestName.hint(name, names())
                                    + ", or the path of a file");
        } catch (IOException e) {
            problem(0, 0, "cannot be read: " + e.getMessage());
        }
        return null;
    }

    private void problem(int line, int column, String message) {
        problems.add(new Problem(file, line, column, message));
    }

    private void problem(YamlNode at, String message) {
        problem(at.line, at.column, message);
    }

    private DeviceProfile profile(String name, String text) throws PolicyFileException {
        YamlNode document = null;
        if (text != null) {
            document = PlainYaml.read(text);
            if (document == null) {
                document = YamlTree.read(file, text, problems);
            }
        }
        DeviceProfile profile = document == null ? null : profile(name, document);
        if (!problems.isEmpty()) {
            throw new PolicyFileException(problems);
        }
        return profile;
    }

    private DeviceProfile profile(String name, YamlNode document) {
        if (!mapping(document, "the document", TOP)) {
            return null;
        }
        YamlNode version = find(document, "version");
        if (version == null || !"1".equals(version.text)) {
            problem(
                    version == null ? document : version,
                    "version is missing or not known; it is 1");
        }
        YamlNode latency = section(document, "latency", List.of("value", "source"), true);
        YamlNode bandwidth =
                section(document, "bandwidth", List.of("read", "write", "mixed", "source"), false);
        YamlNode loaded = section(document, "loaded", List.of("points", "source"), false);
        YamlNode points = find(loaded, "points");
        int size = points == null ? 0 : points.keys.size();
        double[] load = new double[size];
        double[] nanos = new double[size];
        if (loaded != null && mapping(points == null ? loaded : points, "loaded.points", null)) {
            curve(points, load, nanos);
        }
        String about = text(document, "about");
        DeviceProfile.Quantity value = quantity(latency, "value", "ns", 1, 1_000_000);
        if (latency != null && find(latency, "value") == null) {
            problem(
                    latency,
                    "latency has no value; write value: 250ns and source: where it is from");
        }
        return new DeviceProfile(
                name,
                about,
                value,
                source(latency),
                quantity(bandwidth, "read", "GB/s", 0.001, 100_000),
                quantity(bandwidth, "write", "GB/s", 0.001, 100_000),
                quantity(bandwidth, "mixed", "GB/s", 0.001, 100_000),
                source(bandwidth),
                load,
                nanos,
                source(loaded));
    }

    private boolean mapping(YamlNode node, String what, List<String> keys) {
        if (node.kind != YamlNode.Kind.MAPPING) {
            problem(
                    node,
                    what
                            + " is not a mapping"
                            + (keys == null
                                    ? " of shares to times, such as {90%: 16ns}"
                                    : "; it has the keys " + String.join(", ", keys)));
            return false;
        }
        if (keys == null && node.keys.size() > MAX_POINTS) {
            problem(node, what + " has more than " + MAX_POINTS + " points");
            return false;
        }
        for (int i = 0; i < node.keys.size(); i++) {
            String name = node.keys.get(i).text;
            if (keys != null && !keys.contains(name)) {
                problem(
                        node.keys.get(i),
                        "unknown key \"" + name + "\"; " + NearestName.hint(name, keys));
            }
            for (int k = 0; k < i; k++) {
                if (node.keys.get(k).text.equals(name)) {
                    problem(node.keys.get(i), "\"" + name + "\" is given twice; leave one of them");
                }
            }
        }
        return true;
    }

    private YamlNode section(YamlNode document, String name, List<String> keys, boolean needed) {
        YamlNode section = find(document, name);
        if (section == null) {
            if (needed) {
                problem(document, name + " is missing; write it with value and source");
            }
            return null;
        }
        return mapping(section, name, keys) ? section : null;
    }

    private static YamlNode find(YamlNode mapping, String name) {
        if (mapping != null) {
            for (int i = 0; i < mapping.keys.size(); i++) {
                if (mapping.keys.get(i).text.equals(name)) {
                    return mapping.values.get(i);
                }
            }
        }
        return null;
    }

    private String text(YamlNode mapping, String name) {
        YamlNode node = find(mapping, name);
        if (node == null) {
            return "";
        }
        if (node.kind != YamlNode.Kind.SCALAR) {
            problem(node, name + " is not a text; quote it when it has : or #");
            return "";
        }
        return node.text;
    }

    private String source(YamlNode section) {
        if (section == null) {
            return "";
        }
        String source = text(section, "source");
        if (source.isEmpty()) {
            problem(section, "numbers without a source; write where they are from as source");
        }
        return source;
    }

    private DeviceProfile.Quantity quantity(
            YamlNode section, String name, String unit, double min, double max) {
        YamlNode node = find(section, name);
        if (node == null) {
            return null;
        }
        String text = node.kind == YamlNode.Kind.SCALAR ? node.text.trim() : "";
        boolean relative = text.endsWith("%");
        double value = number(text, relative ? "%" : unit);
        if (Double.isNaN(value)) {
            problem(
                    node,
                    name
                            + " is \""
                            + text
                            + "\"; write a number with "
                            + unit
                            + ", or with % for a share of what the machine's local memory has");
            return null;
        }
        double least = relative ? 1 : min;
        if (value < least || value > max) {
            problem(node, name + " is out of range: " + text);
            return null;
        }
        return new DeviceProfile.Quantity(relative ? value / 100 : value, relative);
    }

    private void curve(YamlNode points, double[] load, double[] nanos) {
        for (int i = 0; i < load.length; i++) {
            YamlNode at = points.keys.get(i);
            YamlNode value = points.values.get(i);
            load[i] = number(at.text, "%") / 100;
            nanos[i] = value.kind == YamlNode.Kind.SCALAR ? number(value.text, "ns") : Double.NaN;
            double before = i == 0 ? 0 : load[i - 1];
            if (!(load[i] > 0 && load[i] <= 1) || !(nanos[i] >= 0 && nanos[i] <= 1e9)) {
                problem(at, "a point of the curve is a share and a time, such as 90%: 16ns");
            } else if (load[i] <= before) {
                problem(at, "the shares of the curve do not rise");
            }
        }
    }

    /** The number before this unit, or not a number. */
    private static double number(String text, String unit) {
        if (!text.endsWith(unit)) {
            return Double.NaN;
        }
        String digits = text.substring(0, text.length() - unit.length()).trim();
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if ((c < '0' || c > '9') && c != '.') {
                return Double.NaN;
            }
        }
        try {
            return Double.parseDouble(digits);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
