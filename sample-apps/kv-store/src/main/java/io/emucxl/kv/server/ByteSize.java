package io.emucxl.kv.server;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads sizes such as {@code 512MiB}. */
final class ByteSize implements ITypeConverter<Long> {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,10})(B|KiB|MiB|GiB|TiB)?");
    private static final String UNITS = "BKMGT";

    @Override
    public Long convert(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is not a size: a number and B, KiB, MiB, GiB or TiB");
        }
        int unit = size.group(2) == null ? 0 : UNITS.indexOf(size.group(2).charAt(0));
        long count = Long.parseLong(size.group(1));
        if (count > Long.MAX_VALUE >> (10 * unit)) {
            throw new TypeConversionException("'" + text + "' is too large");
        }
        return count << (10 * unit);
    }

    /** The size in the largest unit that leaves no fraction. */
    static String print(long bytes) {
        int unit = 0;
        long count = bytes;
        while (unit + 1 < UNITS.length() && count != 0 && count % 1024 == 0) {
            count /= 1024;
            unit++;
        }
        return String.format(
                Locale.ROOT, "%d %s", count, unit == 0 ? "B" : UNITS.charAt(unit) + "iB");
    }
}
