package io.emucxl.policies.file;

import java.util.ArrayList;
import java.util.List;

/** A value of a YAML document, and where it stands. */
final class YamlNode {
    enum Kind {
        SCALAR,
        MAPPING,
        LIST
    }

    final Kind kind;

    /** Line and column of the value's first character, from 1. */
    final int line;

    final int column;

    /** The text of a scalar, without quotes. */
    final String text;

    final boolean quoted;

    /** The keys of a mapping in their order; they may repeat. */
    final List<YamlNode> keys = new ArrayList<>(4);

    /** The values of the keys, or the elements of a list. */
    final List<YamlNode> values = new ArrayList<>(4);

    private YamlNode(Kind kind, int line, int column, String text, boolean quoted) {
        this.kind = kind;
        this.line = line;
        this.column = column;
        this.text = text;
        this.quoted = quoted;
    }

    static YamlNode scalar(int line, int column, String text, boolean quoted) {
        return new YamlNode(Kind.SCALAR, line, column, text, quoted);
    }

    static YamlNode mapping(int line, int column) {
        return new YamlNode(Kind.MAPPING, line, column, null, false);
    }

    static YamlNode list(int line, int column) {
        return new YamlNode(Kind.LIST, line, column, null, false);
    }

    /** Whether nothing is said: an empty value, {@code ~} or {@code null}. */
    boolean isNull() {
        return kind == Kind.SCALAR
                && !quoted
                && (text.isEmpty()
                        || text.equals("~")
                        || text.equals("null")
                        || text.equals("Null")
                        || text.equals("NULL"));
    }

    /** The tree on one line, with places: two trees are equal when these texts are. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }

    private void write(StringBuilder out) {
        out.append(line).append(':').append(column);
        if (kind == Kind.SCALAR) {
            out.append(quoted ? '"' : '\'').append(text).append(quoted ? '"' : '\'');
            return;
        }
        out.append(kind == Kind.MAPPING ? '{' : '[');
        for (int i = 0; i < values.size(); i++) {
            if (kind == Kind.MAPPING) {
                keys.get(i).write(out);
                out.append('=');
            }
            values.get(i).write(out);
            out.append(',');
        }
        out.append(kind == Kind.MAPPING ? '}' : ']');
    }
}
