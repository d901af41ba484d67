package io.emucxl.agent.weave;

import io.emucxl.agent.analysis.Rewritten;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.List;
import java.util.Map;

/**
 * What the classes of a stored plan become, read from its file when they are loaded: the start then
 * needs neither the rewriter nor ASM. Not thread-safe.
 */
final class StoredCode {

    /** A class that the plan may concern and does not change. */
    static final Rewritten UNCHANGED = new Rewritten("", new byte[0], List.of(), List.of(), false);

    private final String name;
    private final RandomAccessFile file;
    private final long start;
    private final Map<String, StoredPlan.Code> code;

    private StoredCode(
            String name, RandomAccessFile file, long start, Map<String, StoredPlan.Code> code) {
        this.name = name;
        this.file = file;
        this.start = start;
        this.code = code;
    }

    /** The code in a plan's file; null when it cannot be opened. */
    static StoredCode open(StoredPlan plan, String name) {
        try {
            RandomAccessFile file = new RandomAccessFile(new File(name), "r");
            return new StoredCode(name, file, PlanFile.codeStart(file), plan.code());
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * What a class becomes.
     *
     * @param fingerprint the fingerprint of its class file
     * @return the outcome, which may be {@link #UNCHANGED}; null when the file does not tell, as of
     *     a class file that is not the one that was rewritten
     */
    Rewritten find(String className, long fingerprint) {
        StoredPlan.Code found = code.get(className);
        if (found == null || found.original() != fingerprint) {
            return null;
        }
        if (found.length() == 0) {
            return UNCHANGED;
        }
        byte[] bytes = new byte[found.length()];
        try {
            file.seek(start + found.offset());
            file.readFully(bytes);
            if (Fingerprint.of(bytes) == found.fingerprint()) {
                return ClassCode.read(className, bytes);
            }
        } catch (IOException e) {
            // It is as good as damaged.
        }
        Log.once(name, name + " is damaged, or not what it was: classes are rewritten again");
        return null;
    }
}
