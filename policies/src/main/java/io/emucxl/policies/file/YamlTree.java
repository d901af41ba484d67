package io.emucxl.policies.file;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * Reader of whole YAML, by snakeyaml-engine. Anchors, aliases and tags are refused, so that no file
 * is larger in memory than on disk.
 */
final class YamlTree {
    private final String file;
    private final List<Problem> problems;

    private YamlTree(String file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** The document, or null after what is wrong with it was added to the problems. */
    static YamlNode read(String file, String text, List<Problem> problems) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setLabel(file)
                        .setSchema(new StringsOnly())
                        .setCodePointLimit(Integer.MAX_VALUE)
                        .setMaxAliasesForCollections(Integer.MAX_VALUE)
                        .build();
        try {
            Optional<Node> document = new Compose(settings).composeString(text);
            int before = problems.size();
            YamlNode tree =
                    document.isEmpty()
                            ? YamlNode.scalar(1, 1, "", false)
                            : new YamlTree(file, problems).convert(document.get());
            if (tree.isNull() && problems.size() == before) {
                problems.add(
                        new Problem(
                                file,
                                1,
                                1,
                                "the file is empty; the least that it says is \"version: 1\""));
                return null;
            }
            return problems.size() == before ? tree : null;
        } catch (MarkedYamlEngineException e) {
            problems.add(syntax(file, text, e));
        } catch (ReaderException e) {
            problems.add(
                    at(
                            file,
                            text,
                            e.getPosition(),
                            "a character that YAML does not allow: U+"
                                    + Integer.toHexString(e.getCodePoint()).toUpperCase(Locale.ROOT)
                                    + "; take it out"));
        } catch (YamlEngineException e) {
            problems.add(new Problem(file, 1, 1, "not YAML: " + oneLine(e.getMessage())));
        } catch (StackOverflowError e) {
            problems.add(
                    new Problem(
                            file, 1, 1, "nested too deeply; no key of a policy file is below 4"));
        }
        return null;
    }

    private static Problem syntax(String file, String text, MarkedYamlEngineException e) {
        Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
        if (mark == null) {
            return new Problem(file, 1, 1, "not YAML: " + oneLine(e.getProblem()));
        }
        int start = 0;
        for (int line = 0; line < mark.getLine(); line++) {
            start = text.indexOf('\n', start) + 1;
        }
        int i = start;
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
            if (text.charAt(i) == '\t') {
                return new Problem(
                        file,
                        mark.getLine() + 1,
                        i - start + 1,
                        "a tab in the indentation; indent with spaces");
            }
            i++;
        }
        String context = e.getContext() == null ? "" : oneLine(e.getContext()) + ": ";
        return new Problem(
                file,
                mark.getLine() + 1,
                mark.getColumn() + 1,
                "not YAML: "
                        + context
                        + oneLine(e.getProblem())
                        + "; a line reads \"key: value\" or \"- element\", and what belongs to a key"
                        + " is indented below it");
    }

    private static String oneLine(String message) {
        return String.valueOf(message).replace('\n', ' ').replace('\r', ' ').trim();
    }

    private static Problem at(String file, String text, int position, String message) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < position && i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        return new Problem(file, line, position - start + 1, message);
    }

    private YamlNode convert(Node node) {
        Mark mark = node.getStartMark().orElseThrow();
        int line = mark.getLine() + 1;
        int column = mark.getColumn() + 1;
        if (node.getAnchor().isPresent()) {
            problems.add(
                    new Problem(
                            file,
                            line,
                            column,
                            "the anchor &"
                                    + node.getAnchor().get()
                                    + "; policy files have no anchors and aliases: write the value"
                                    + " out where it is used"));
            return YamlNode.scalar(line, column, "", false);
        }
        Tag tag = node.getTag();
        if (!tag.equals(Tag.STR) && !tag.equals(Tag.MAP) && !tag.equals(Tag.SEQ)) {
            problems.add(
                    new Problem(
                            file,
                            line,
                            column,
                            "the tag " + tag + "; policy files have no tags: leave it out"));
            return YamlNode.scalar(line, column, "", false);
        }
        if (node instanceof ScalarNode scalar) {
            boolean quoted = scalar.getScalarStyle() != ScalarStyle.PLAIN;
            return YamlNode.scalar(line, column, scalar.getValue(), quoted);
        }
        if (node instanceof SequenceNode sequence) {
            YamlNode list = YamlNode.list(line, column);
            for (Node element : sequence.getValue()) {
                list.values.add(convert(element));
            }
            return list;
        }
        YamlNode mapping = YamlNode.mapping(line, column);
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            YamlNode key = convert(tuple.getKeyNode());
            if (key.kind != YamlNode.Kind.SCALAR) {
                problems.add(new Problem(file, key.line, key.column, "a key that is not a name"));
                continue;
            }
            mapping.keys.add(key);
            mapping.values.add(convert(tuple.getValueNode()));
        }
        return mapping;
    }

    /** The schema in which every scalar is a string: the table of keys knows the types. */
    private static final class StringsOnly implements Schema, ScalarResolver {
        @Override
        public Tag resolve(String value, Boolean implicit) {
            return Tag.STR;
        }

        @Override
        public ScalarResolver getScalarResolver() {
            return this;
        }

        @Override
        public Map<Tag, ConstructNode> getSchemaTagConstructors() {
            return Collections.emptyMap();
        }
    }
}
