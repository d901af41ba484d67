package io.emucxl.policies.file;

import io.emucxl.policies.ChosenPolicy;
import io.emucxl.policies.Policies;
import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** The values of the keys while a document and the system properties are gone through. */
final class PolicyValues {
    private static final String PREFIX = "emucxl.";

    private final String file;
    private final List<Problem> problems;
    private final Object[] values = new Object[PolicyKeys.all().size()];
    private final List<Object[]> targets = new ArrayList<>();
    private final List<YamlNode> targetNodes = new ArrayList<>();

    /** Where the file gives the value of each key; null where it does not. */
    private final YamlNode[] nodes = new YamlNode[values.length];

    /** The system property that gives the plan, or null. */
    private String planProperty;

    PolicyValues(String file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    private void problem(YamlNode at, String message) {
        problems.add(new Problem(file, at.line, at.column, message));
    }

    /** Takes the values of a document; null is an absent one. */
    void document(YamlNode document) {
        if (document != null) {
            section(document, "", values);
        }
    }

    private void section(YamlNode node, String path, Object[] into) {
        if (node.kind != YamlNode.Kind.MAPPING) {
            if (!path.isEmpty() && node.isNull()) {
                return;
            }
            problem(
                    node,
                    (path.isEmpty() ? "the document" : path)
                            + " is "
                            + kind(node)
                            + "; it is a mapping of "
                            + String.join(", ", PolicyKeys.names(path)));
            return;
        }
        for (int i = 0; i < node.keys.size(); i++) {
            YamlNode name = node.keys.get(i);
            YamlNode value = node.values.get(i);
            int first = firstLine(node, i);
            if (first > 0) {
                problem(
                        name,
                        "the key \""
                                + name.text
                                + "\" is given twice, first on line "
                                + first
                                + "; leave one of them");
                continue;
            }
            String full = path.isEmpty() ? name.text : path + "." + name.text;
            Key key = PolicyKeys.find(full);
            if (key != null) {
                int index = PolicyKeys.indexOf(key);
                into[index] = value(key, value);
                if (into == values) {
                    nodes[index] = value;
                }
            } else if (full.equals(PolicyKeys.TARGETS)) {
                targets(value);
            } else if (PolicyKeys.isSection(full)) {
                section(value, full, into);
            } else {
                problem(name, unknown(name.text, path));
            }
        }
    }

    private static int firstLine(YamlNode mapping, int index) {
        for (int i = 0; i < index; i++) {
            if (mapping.keys.get(i).text.equals(mapping.keys.get(index).text)) {
                return mapping.keys.get(i).line;
            }
        }
        return 0;
    }

    private static String unknown(String name, String section) {
        List<String> here = PolicyKeys.names(section);
        String where = section.isEmpty() ? "" : " in " + section;
        String message = "unknown key \"" + name + "\"" + where + "; ";
        if (NearestName.of(name, here) == null) {
            for (Key key : PolicyKeys.all()) {
                if (key.name().equals(name) && !key.section().isEmpty()) {
                    return message + "it belongs in " + key.section();
                }
            }
        }
        return message + NearestName.hint(name, here);
    }

    private void targets(YamlNode list) {
        if (list.isNull()) {
            return;
        }
        if (list.kind != YamlNode.Kind.LIST) {
            problem(
                    list,
                    "targets is "
                            + kind(list)
                            + "; it is a list, whose elements begin with \"- field:\" or"
                            + " \"- fields:\"");
            return;
        }
        for (YamlNode element : list.values) {
            Object[] target = new Object[values.length];
            int before = problems.size();
            section(element, PolicyKeys.TARGETS, target);
            boolean field = get(target, PolicyKeys.FIELD) != null;
            boolean fields = get(target, PolicyKeys.FIELDS) != null;
            if (field == fields && problems.size() == before) {
                problem(
                        element,
                        field
                                ? "a target with both field and fields; make it two targets"
                                : "a target without field and fields; name what it means: field:"
                                        + " package.Class.field");
            }
            if (field && get(target, PolicyKeys.EXCLUDE) != null) {
                problem(element, "exclude beside field; it belongs to fields");
            }
            Object pin = get(target, PolicyKeys.TARGET_PIN);
            Object start = get(target, PolicyKeys.TARGET_START);
            if (pin != null && start != null && !pin.equals(start)) {
                problem(
                        element,
                        "start: "
                                + start
                                + " beside pin: "
                                + pin
                                + "; arrays begin where they are pinned: leave start out");
            }
            targets.add(target);
            targetNodes.add(element);
        }
    }

    /** The value of a key, or null after a problem was added. */
    private Object value(Key key, YamlNode node) {
        if (key.type() == KeyType.PATTERNS || key.type() == KeyType.PATHS) {
            return list(key, node);
        }
        if (key.type() == KeyType.PARAMETERS) {
            return parameters(key, node);
        }
        if (node.kind != YamlNode.Kind.SCALAR || node.isNull()) {
            problem(node, key.path() + " is " + kind(node) + "; it is " + key.expected());
            return null;
        }
        try {
            return ScalarValue.parse(key, node.text);
        } catch (IllegalArgumentException e) {
            problem(node, key.path() + ": " + e.getMessage());
            return null;
        }
    }

    private Object list(Key key, YamlNode node) {
        List<String> list = new ArrayList<>();
        if (node.kind == YamlNode.Kind.MAPPING || node.isNull()) {
            problem(node, key.path() + " is " + kind(node) + "; it is " + key.expected());
            return null;
        }
        List<YamlNode> elements =
                node.kind == YamlNode.Kind.LIST ? node.values : Collections.singletonList(node);
        for (YamlNode element : elements) {
            if (element.kind != YamlNode.Kind.SCALAR || element.isNull()) {
                problem(element, "an element of " + key.path() + " is " + kind(element));
                continue;
            }
            try {
                list.add((String) ScalarValue.parse(key, element.text));
            } catch (IllegalArgumentException e) {
                problem(element, key.path() + ": " + e.getMessage());
            }
        }
        return Collections.unmodifiableList(list);
    }

    private Object parameters(Key key, YamlNode node) {
        Map<String, String> map = new java.util.LinkedHashMap<>();
        if (node.isNull()) {
            return map;
        }
        if (node.kind != YamlNode.Kind.MAPPING) {
            problem(node, key.path() + " is " + kind(node) + "; it is " + key.expected());
            return null;
        }
        for (int i = 0; i < node.keys.size(); i++) {
            YamlNode value = node.values.get(i);
            String name = node.keys.get(i).text;
            if (value.kind != YamlNode.Kind.SCALAR) {
                problem(value, key.path() + "." + name + " is " + kind(value));
            } else if (map.put(name, value.text) != null) {
                problem(node.keys.get(i), "the parameter \"" + name + "\" is given twice");
            }
        }
        return Collections.unmodifiableMap(map);
    }

    private static String kind(YamlNode node) {
        if (node.kind == YamlNode.Kind.MAPPING) {
            return "a mapping";
        }
        if (node.kind == YamlNode.Kind.LIST) {
            return "a list";
        }
        return node.isNull() ? "empty" : "\"" + node.text + "\"";
    }

    /** Takes the system properties that begin with {@code emucxl.}. */
    void properties(Properties properties) {
        Set<String> names = properties.stringPropertyNames();
        for (String name : names) {
            if (!name.startsWith(PREFIX)
                    || PolicyKeys.OTHER_PROPERTIES.contains(name)
                    || name.startsWith(PREFIX + "test.")) {
                continue;
            }
            String path = name.substring(PREFIX.length());
            Key key = path.startsWith(PolicyKeys.TARGETS + ".") ? null : PolicyKeys.find(path);
            String place = "-D" + name;
            if (key != null && key.type() != KeyType.PARAMETERS) {
                property(key, place, properties.getProperty(name));
            } else {
                List<String> valid = new ArrayList<>(PolicyKeys.OTHER_PROPERTIES);
                for (Key k : PolicyKeys.all()) {
                    if (!k.path().startsWith(PolicyKeys.TARGETS)
                            && k.type() != KeyType.PARAMETERS) {
                        valid.add(PREFIX + k.path());
                    }
                }
                problems.add(
                        new Problem(
                                place,
                                0,
                                0,
                                "unknown system property; " + NearestName.hint(name, valid)));
            }
        }
    }

    private void property(Key key, String place, String text) {
        try {
            Object value;
            if (key.type() == KeyType.PATHS) {
                value = List.of(text.split(File.pathSeparator));
            } else {
                value = ScalarValue.parse(key, text.trim());
            }
            values[PolicyKeys.indexOf(key)] = value;
            if (key.path().equals(PolicyKeys.PLAN.path())) {
                planProperty = place;
            }
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(place, 0, 0, e.getMessage()));
        }
    }

    /** Finds values that do not go together. After everything else. */
    void check() {
        profile(PolicyKeys.LOCAL_PROFILE);
        profile(PolicyKeys.REMOTE_PROFILE);
        long region = number(PolicyKeys.REGION_SIZE);
        atLeastARegion(PolicyKeys.LOCAL_CAPACITY, region);
        atLeastARegion(PolicyKeys.REMOTE_CAPACITY, region);
        if (number(PolicyKeys.WATERMARK) > number(PolicyKeys.HEADROOM)) {
            problemAt(
                    PolicyKeys.WATERMARK,
                    "the watermark "
                            + ScalarValue.percent(number(PolicyKeys.WATERMARK))
                            + " is above the headroom "
                            + ScalarValue.percent(number(PolicyKeys.HEADROOM))
                            + "; demotion goes on until the headroom is free: give a smaller one");
        }
        checkParameters();
    }

    private void atLeastARegion(Key key, long region) {
        long bytes = number(key);
        if (bytes > 0 && bytes < region) {
            problemAt(
                    key,
                    key.path()
                            + ": "
                            + ScalarValue.size(bytes)
                            + " is less than a region; give at least regionSize, which is "
                            + ScalarValue.size(region));
        }
    }

    private void checkParameters() {
        Map<String, String> parameters =
                or(values, PolicyKeys.PARAMETERS, Collections.<String, String>emptyMap());
        String policy = name(PolicyKeys.POLICY);
        if (parameters.isEmpty() || policy.indexOf('.') > 0) {
            return;
        }
        try {
            Policies.create(policy, parameters);
        } catch (IllegalArgumentException e) {
            problemAt(PolicyKeys.PARAMETERS, PolicyKeys.PARAMETERS.path() + ": " + e.getMessage());
        }
    }

    /** Finds what the file names and is not there. Only when there was no problem. */
    void references(PolicyFile policy) {
        for (String path : policy.placement().classPath()) {
            if (!new File(path).exists()) {
                problemAt(
                        PolicyKeys.CLASS_PATH,
                        PolicyKeys.CLASS_PATH.path()
                                + ": no "
                                + new File(path).getAbsolutePath()
                                + "; give the paths of jars and directories");
            }
        }
        try {
            ChosenPolicy.of(policy.placement());
        } catch (IllegalArgumentException e) {
            problemAt(PolicyKeys.POLICY, e.getMessage());
        }
        String plan = name(PolicyKeys.PLAN);
        if (plan != null && !new File(plan).isFile()) {
            problemAt(
                    PolicyKeys.PLAN,
                    PolicyKeys.PLAN.path()
                            + ": no file "
                            + new File(plan).getAbsolutePath()
                            + "; store a plan there by explain --plan, or leave the key out");
        }
    }

    private void profile(Key key) {
        String name = name(key);
        if (name.equals(DeviceProfiles.NONE)) {
            return;
        }
        try {
            DeviceProfiles.read(name);
        } catch (PolicyFileException e) {
            for (Problem problem : e.problems()) {
                if (problem.line() > 0) {
                    problems.add(problem);
                } else {
                    problemAt(key, key.path() + ": " + problem);
                }
            }
        }
    }

    private void problemAt(Key key, String message) {
        YamlNode node = nodes[PolicyKeys.indexOf(key)];
        if (node == null) {
            problems.add(new Problem(PREFIX + key.path(), 0, 0, message));
        } else {
            problem(node, message);
        }
    }

    private static Object get(Object[] from, Key key) {
        Object value = from[PolicyKeys.indexOf(key)];
        return value != null || key.fallback().isEmpty()
                ? value
                : ScalarValue.parse(key, key.fallback());
    }

    private long number(Key key) {
        Object value = get(values, key);
        return value == null ? 0 : (Long) value;
    }

    private String name(Key key) {
        return (String) get(values, key);
    }

    private static int tier(String name) {
        return name.equals("local") ? 0 : 1;
    }

    private PolicyFile.Tier tier(Key node, Key capacity, Key profile) {
        long bytes = number(capacity);
        return new PolicyFile.Tier(
                (int) number(node),
                Math.max(bytes, 0),
                bytes < 0 ? -bytes / 1e6 : 0,
                name(profile));
    }

    private double watermark() {
        return get(values, PolicyKeys.WATERMARK) == null
                ? number(PolicyKeys.HEADROOM) / 2e6
                : number(PolicyKeys.WATERMARK) / 1e6;
    }

    @SuppressWarnings("unchecked") // the type of the key says what its value is
    private static <T> T or(Object[] from, Key key, T absent) {
        Object value = get(from, key);
        return value == null ? absent : (T) value;
    }

    private PolicyFile.Plan plan() {
        String path = name(PolicyKeys.PLAN);
        if (path == null || planProperty != null) {
            return path == null ? null : new PolicyFile.Plan(path, planProperty);
        }
        YamlNode node = nodes[PolicyKeys.indexOf(PolicyKeys.PLAN)];
        return new PolicyFile.Plan(path, file + ":" + node.line + ":" + node.column);
    }

    /** The records. Only when there was no problem. */
    PolicyFile policyFile() {
        int start = tier(name(PolicyKeys.START));
        long minBytes = number(PolicyKeys.MIN_BYTES);
        List<PolicyFile.Target> list = new ArrayList<>(targets.size());
        for (int i = 0; i < targets.size(); i++) {
            Object[] target = targets.get(i);
            YamlNode node = targetNodes.get(i);
            String startName = (String) get(target, PolicyKeys.TARGET_START);
            String pin = (String) get(target, PolicyKeys.TARGET_PIN);
            String priority = (String) get(target, PolicyKeys.TARGET_PRIORITY);
            list.add(
                    new PolicyFile.Target(
                            node.line,
                            node.column,
                            (String) get(target, PolicyKeys.FIELD),
                            (String) get(target, PolicyKeys.FIELDS),
                            or(target, PolicyKeys.EXCLUDE, Collections.<String>emptyList()),
                            or(target, PolicyKeys.TARGET_MIN_BYTES, minBytes),
                            pin != null ? tier(pin) : startName == null ? start : tier(startName),
                            pin == null ? -1 : tier(pin),
                            PolicyKeys.TARGET_PRIORITY.names().indexOf(priority) - 1,
                            "copy".equals(get(target, PolicyKeys.TARGET_ON_ESCAPE))));
        }
        String mode = name(PolicyKeys.MODE);
        return new PolicyFile(
                mode.equals("strict")
                        ? PolicyFile.Mode.STRICT
                        : mode.equals("off") ? PolicyFile.Mode.OFF : PolicyFile.Mode.WARN,
                name(PolicyKeys.BACKEND),
                number(PolicyKeys.REGION_SIZE),
                tier(PolicyKeys.LOCAL_NODE, PolicyKeys.LOCAL_CAPACITY, PolicyKeys.LOCAL_PROFILE),
                tier(PolicyKeys.REMOTE_NODE, PolicyKeys.REMOTE_CAPACITY, PolicyKeys.REMOTE_PROFILE),
                Collections.unmodifiableList(list),
                new PolicyFile.Placement(
                        name(PolicyKeys.POLICY),
                        or(values, PolicyKeys.PARAMETERS, Collections.<String, String>emptyMap()),
                        or(values, PolicyKeys.CLASS_PATH, Collections.<String>emptyList()),
                        start,
                        minBytes),
                new PolicyFile.Sampling(
                        number(PolicyKeys.WINDOW),
                        number(PolicyKeys.DUTY) / 1e6,
                        number(PolicyKeys.OVERHEAD) / 1e6),
                new PolicyFile.Migration(
                        number(PolicyKeys.EVERY),
                        number(PolicyKeys.BANDWIDTH),
                        number(PolicyKeys.HEADROOM) / 1e6,
                        watermark(),
                        number(PolicyKeys.BATCH),
                        number(PolicyKeys.IN_FLIGHT)),
                plan(),
                new KeyValues(values));
    }
}
