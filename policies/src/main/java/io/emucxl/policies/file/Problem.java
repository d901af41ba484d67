package io.emucxl.policies.file;

/**
 * A mistake in a policy file or in a system property.
 *
 * @param file the file as it was named, or {@code -Demucxl.KEY}
 * @param line the line from 1, or 0 when the mistake has no place in the file
 * @param column the column from 1
 * @param message what is wrong; what would be right
 */
public record Problem(String file, int line, int column, String message) {

    /** {@code file:line:column: message}. */
    @Override
    public String toString() {
        return line == 0
                ? file + ": " + message
                : file + ":" + line + ":" + column + ": " + message;
    }
}
