package io.emucxl.agent.cli;

import io.emucxl.agent.advise.Advice;
import io.emucxl.agent.advise.HeapReader;
import io.emucxl.agent.weave.StartLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The policy file that {@code advise} writes. */
final class PolicyAdvice {

    private static final String FIRST_LINE = "# Written by emucxl advise. The program was:";

    /** Fields with less of the live heap are not worth a line. */
    private static final double LEAST_SHARE = 0.001;

    private final Path file;

    PolicyAdvice(Path file) {
        this.file = file;
    }

    /** Why the file cannot be written, as an error message, or null; a file of its own can. */
    String cannotBeWritten() throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
            return file + ": the directory cannot be written to";
        }
        if (!Files.exists(file)) {
            return null;
        }
        boolean own =
                Files.isRegularFile(file)
                        && Files.readString(file, StandardCharsets.ISO_8859_1)
                                .startsWith(FIRST_LINE);
        return own ? null : file + ": this file is there, and advise did not write it";
    }

    /** The fields that are worth a line. */
    List<HeapReader.Bytes> worthwhile(List<HeapReader.Bytes> fields) {
        List<HeapReader.Bytes> some = new ArrayList<>();
        for (HeapReader.Bytes field : fields) {
            if (field.share() >= LEAST_SHARE) {
                some.add(field);
            }
        }
        return some;
    }

    void write(List<Advice> advice, List<String> command) throws IOException {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        // A line each: none of the words can get out of the comment.
        for (String word : command) {
            text.append("#   ").append(word.replaceAll("[\\p{Cntrl}]", "?")).append('\n');
        }
        text.append("version: 1\ntargets:\n");
        for (Advice field : advice) {
            String size =
                    String.format(
                            Locale.ROOT,
                            "%s, %.1f %% of the live heap",
                            StartLine.size(field.bytes().bytes()),
                            100 * field.bytes().share());
            if (field.isPlaced()) {
                text.append("  # ").append(size).append('\n');
                text.append("  - field: ").append(field.name()).append('\n');
            }
        }
        Files.writeString(file, text);
    }
}
