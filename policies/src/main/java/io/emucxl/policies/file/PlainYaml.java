package io.emucxl.policies.file;

/**
 * Reader of the plain part of YAML that most policy files keep to: block mappings and lists, flow
 * collections on one line, plain scalars and quotes without escapes, comments.
 *
 * <p>It answers only what it is sure of. For everything else, and so for every syntax error, it
 * answers null and {@link YamlTree} reads the file; a test compares the two.
 */
final class PlainYaml {
    /*
     * Why it exists: the YAML library loads some 280 classes and links a dozen lambdas, 50 ms on
     * JDK 17 and on 25, of the 80 that the whole agent may add to the start of a program.
     */
    private static final int MAX_DEPTH = 16;

    private final String text;

    /** Where the lines with content begin and end, how they are indented, and their number. */
    private final int[] start;

    private final int[] end;
    private final int[] indent;
    private final int[] number;
    private int lines;

    private int line;
    private int at;
    private boolean unsure;

    private PlainYaml(String text, int most) {
        this.text = text;
        start = new int[most];
        end = new int[most];
        indent = new int[most];
        number = new int[most];
    }

    /** The document, or null when it is empty or not plain enough for this reader. */
    static YamlNode read(String text) {
        int most = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                most++;
            } else if (c < ' ' || c > '~') {
                return null;
            }
        }
        PlainYaml reader = new PlainYaml(text, most);
        reader.split();
        if (reader.lines == 0 || reader.unsure) {
            return null;
        }
        YamlNode document = reader.block(reader.indent[0], 0);
        return reader.unsure || reader.line != reader.lines ? null : document;
    }

    private void split() {
        int from = 0;
        for (int count = 1; from <= text.length(); count++) {
            int to = text.indexOf('\n', from);
            if (to < 0) {
                to = text.length();
            }
            int first = from;
            while (first < to && text.charAt(first) == ' ') {
                first++;
            }
            if (first < to && text.charAt(first) != '#') {
                if (text.startsWith("---", from)
                        || text.startsWith("...", from)
                        || text.charAt(from) == '%') {
                    unsure = true;
                }
                start[lines] = from;
                end[lines] = to;
                indent[lines] = first - from;
                number[lines] = count;
                lines++;
            }
            from = to + 1;
        }
    }

    private YamlNode unsure() {
        unsure = true;
        return null;
    }

    private int column() {
        return at - start[line] + 1;
    }

    /** The block that begins on this line with this indentation. */
    private YamlNode block(int depth, int level) {
        if (level > MAX_DEPTH) {
            return unsure();
        }
        at = start[line] + depth;
        return isItem(at) ? list(depth, level) : mapping(depth, level);
    }

    private boolean isItem(int position) {
        return text.charAt(position) == '-'
                && (position + 1 == end[line] || text.charAt(position + 1) == ' ');
    }

    private YamlNode list(int depth, int level) {
        YamlNode list = YamlNode.list(number[line], depth + 1);
        while (!unsure && line < lines && indent[line] == depth && isItem(start[line] + depth)) {
            int item = start[line] + depth + 1;
            while (item < end[line] && text.charAt(item) == ' ') {
                item++;
            }
            if (item == end[line] || text.charAt(item) == '#' || isItem(item)) {
                return unsure();
            }
            at = item;
            if (keyEnd(item) > 0) {
                indent[line] = item - start[line];
                list.values.add(mapping(indent[line], level + 1));
            } else {
                YamlNode value = value();
                if (unsure || (line < lines && indent[line] > depth)) {
                    return unsure();
                }
                list.values.add(value);
            }
        }
        return line < lines && indent[line] > depth ? unsure() : list;
    }

    private YamlNode mapping(int depth, int level) {
        YamlNode mapping = YamlNode.mapping(number[line], depth + 1);
        while (!unsure && line < lines && indent[line] == depth && !isItem(start[line] + depth)) {
            at = start[line] + depth;
            int colon = keyEnd(at);
            if (colon < 0) {
                return unsure();
            }
            mapping.keys.add(
                    YamlNode.scalar(number[line], column(), text.substring(at, colon), false));
            at = colon + 1;
            spaces();
            if (at < end[line] && text.charAt(at) != '#') {
                mapping.values.add(value());
                if (line < lines && indent[line] > depth) {
                    return unsure();
                }
            } else {
                mapping.values.add(under(depth, colon, level));
            }
        }
        return line < lines && indent[line] > depth ? unsure() : mapping;
    }

    /** The value of a key that has nothing behind its colon: the block below, or nothing. */
    private YamlNode under(int depth, int colon, int level) {
        int here = line++;
        if (line < lines
                && (indent[line] > depth
                        || (indent[line] == depth && isItem(start[line] + depth)))) {
            return block(indent[line], level + 1);
        }
        return YamlNode.scalar(number[here], colon - start[here] + 2, "", false);
    }

    /** The index of the colon of the key that begins here, or -1. */
    private int keyEnd(int from) {
        int i = from;
        while (i < end[line] && (isWord(text.charAt(i)) || (text.charAt(i) == '-' && i > from))) {
            i++;
        }
        boolean key =
                i > from
                        && i < end[line]
                        && text.charAt(i) == ':'
                        && (i + 1 == end[line] || text.charAt(i + 1) == ' ');
        return key ? i : -1;
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_';
    }

    private void spaces() {
        while (at < end[line] && text.charAt(at) == ' ') {
            at++;
        }
    }

    /** A value that begins here and ends with its line. */
    private YamlNode value() {
        char c = text.charAt(at);
        YamlNode value = c == '{' || c == '[' ? flow(0) : scalar(false);
        if (unsure) {
            return null;
        }
        int after = at;
        spaces();
        if (at < end[line] && (text.charAt(at) != '#' || at == after)) {
            return unsure();
        }
        line++;
        return value;
    }

    private YamlNode scalar(boolean inFlow) {
        int from = at;
        char first = text.charAt(from);
        if (first == '"' || first == '\'') {
            int close = text.indexOf(first, from + 1);
            if (close < 0 || close >= end[line] || text.startsWith("''", close)) {
                return unsure();
            }
            String inside = text.substring(from + 1, close);
            if (inside.indexOf('\\') >= 0) {
                return unsure();
            }
            int column = column();
            at = close + 1;
            return YamlNode.scalar(number[line], column, inside, true);
        }
        if (!isWord(first)
                && first != '/'
                && !(first == '-' && from + 1 < end[line] && isWord(text.charAt(from + 1)))) {
            return unsure();
        }
        int i = from;
        int last = from;
        for (; i < end[line]; i++) {
            char c = text.charAt(i);
            if (inFlow && (c == ',' || c == '}' || c == ']')) {
                break;
            }
            if (c == ' ') {
                if (i + 1 < end[line] && text.charAt(i + 1) == '#') {
                    break;
                }
                continue;
            }
            if (!isWord(c) && "-/*$%+@~=()".indexOf(c) < 0) {
                return unsure();
            }
            last = i + 1;
        }
        YamlNode scalar =
                YamlNode.scalar(number[line], column(), text.substring(from, last), false);
        at = last;
        return scalar;
    }

    private YamlNode flow(int level) {
        if (level > MAX_DEPTH) {
            return unsure();
        }
        boolean isMapping = text.charAt(at) == '{';
        char close = isMapping ? '}' : ']';
        YamlNode node =
                isMapping
                        ? YamlNode.mapping(number[line], column())
                        : YamlNode.list(number[line], column());
        at++;
        spaces();
        if (at < end[line] && text.charAt(at) == close) {
            at++;
            return node;
        }
        while (true) {
            if (isMapping) {
                int colon = keyEnd(at);
                if (colon < 0) {
                    return unsure();
                }
                node.keys.add(
                        YamlNode.scalar(number[line], column(), text.substring(at, colon), false));
                at = colon + 1;
                spaces();
            }
            if (at >= end[line]) {
                return unsure();
            }
            char c = text.charAt(at);
            node.values.add(c == '{' || c == '[' ? flow(level + 1) : scalar(true));
            if (unsure) {
                return null;
            }
            spaces();
            if (at >= end[line]) {
                return unsure();
            }
            c = text.charAt(at++);
            if (c == close) {
                return node;
            }
            spaces();
            if (c != ',' || at >= end[line]) {
                return unsure();
            }
        }
    }
}
