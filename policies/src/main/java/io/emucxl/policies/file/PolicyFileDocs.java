package io.emucxl.policies.file;

import java.util.List;

/** What the documentation shows of the table of keys: a Markdown table and a JSON Schema. */
final class PolicyFileDocs {
    private PolicyFileDocs() {}

    /** The keys as a Markdown table. */
    static String table() {
        StringBuilder table =
                new StringBuilder(
                        "| key | value | default | live | meaning |\n|---|---|---|---|---|\n");
        for (Key key : PolicyKeys.all()) {
            String path = key.path();
            if (path.startsWith(PolicyKeys.TARGETS + ".")) {
                path = PolicyKeys.TARGETS + "[]." + key.name();
            }
            table.append("| `").append(path).append("` | ").append(key.expected()).append(" | ");
            table.append(key.fallback().isEmpty() ? "-" : "`" + key.fallback() + "`");
            table.append(PolicyKeys.isLive(key) ? " | yes" : " |");
            table.append(" | ").append(key.meaning().replace("*", "\\*")).append(" |\n");
        }
        return table.toString();
    }

    /** A JSON Schema (draft 2020-12) of the file, for editors. The parser checks more. */
    static String schema() {
        StringBuilder out = new StringBuilder();
        out.append("{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n");
        out.append("  \"title\": \"emucxl policy file\",\n");
        out.append("  \"type\": [\"object\"],\n  ");
        section(out, "", "  ");
        return out.append("\n}\n").toString();
    }

    private static void section(StringBuilder out, String section, String indent) {
        String deeper = indent + "  ";
        out.append("\"additionalProperties\": false,\n");
        out.append(indent).append("\"properties\": {");
        String separator = "\n";
        for (String name : PolicyKeys.names(section)) {
            String path = section.isEmpty() ? name : section + "." + name;
            out.append(separator).append(deeper).append('"').append(name).append("\": {\n");
            out.append(deeper).append("  ");
            Key key = PolicyKeys.find(path);
            if (key != null) {
                out.append("\"description\": \"").append(key.meaning()).append("\",\n");
                out.append(deeper).append("  ").append(type(key));
            } else if (path.equals(PolicyKeys.TARGETS)) {
                out.append("\"type\": [\"array\", \"null\"],\n");
                out.append(deeper).append("  \"items\": {\n");
                out.append(deeper).append("    \"type\": \"object\",\n");
                out.append(deeper).append("    ");
                section(out, path, deeper + "    ");
                out.append('\n').append(deeper).append("  }");
            } else {
                out.append("\"type\": [\"object\", \"null\"],\n").append(deeper).append("  ");
                section(out, path, deeper + "  ");
            }
            out.append('\n').append(deeper).append('}');
            separator = ",\n";
        }
        out.append('\n').append(indent).append('}');
    }

    private static String type(Key key) {
        return switch (key.type()) {
            case NUMBER ->
                    "\"type\": \"integer\", \"minimum\": "
                            + key.min()
                            + ", \"maximum\": "
                            + key.max();
            case NAME -> "\"enum\": " + strings(key.names());
            case SIZE, POWER_SIZE -> pattern(SIZE);
            case CAPACITY -> pattern("(" + SIZE + "|" + NUMBER + "%)");
            case DURATION -> pattern(NUMBER + " *(ns|us|ms|s|min)");
            case PERCENT -> pattern(NUMBER + " *%");
            case BANDWIDTH -> pattern(SIZE + " */s");
            case PATTERNS, PATHS ->
                    "\"anyOf\": [{\"type\": \"string\"},"
                            + " {\"type\": \"array\", \"items\": {\"type\": \"string\"}}]";
            case PARAMETERS ->
                    "\"type\": [\"object\", \"null\"],"
                            + " \"additionalProperties\": {\"type\": [\"string\", \"number\"]}";
            case POLICY, PROFILE, FIELD, PATTERN, PATH -> "\"type\": \"string\"";
        };
    }

    private static final String NUMBER = "[0-9]+([.][0-9]+)?";
    private static final String SIZE = NUMBER + " *(B|KiB|MiB|GiB|TiB)";

    private static String pattern(String regex) {
        return "\"type\": \"string\", \"pattern\": \"^" + regex + "$\"";
    }

    private static String strings(List<String> names) {
        return "[\"" + String.join("\", \"", names) + "\"]";
    }
}
