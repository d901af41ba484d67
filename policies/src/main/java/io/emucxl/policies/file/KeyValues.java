package io.emucxl.policies.file;

import java.util.List;

/** The values of the keys outside of {@code targets}, by key. Immutable. */
public final class KeyValues {
    private final Object[] given;

    /** Takes the array, which holds null for what was not given. */
    KeyValues(Object[] given) {
        this.given = given;
    }

    /** The value, or the default; null when there is neither. */
    Object of(Key key) {
        Object value = given[PolicyKeys.indexOf(key)];
        return value != null || key.fallback().isEmpty()
                ? value
                : ScalarValue.parse(key, key.fallback());
    }

    /** The value as a file would have it; {@code -} when there is none. */
    String text(Key key) {
        Object value = of(key);
        if (value == null) {
            return "-";
        }
        return value instanceof Long number ? ScalarValue.written(key, number) : value.toString();
    }

    private boolean same(Key key, KeyValues other) {
        Object mine = of(key);
        return mine == null ? other.of(key) == null : mine.equals(other.of(key));
    }

    /** Whether these are the same values, given or by default. */
    @Override
    public boolean equals(Object other) {
        if (!(other instanceof KeyValues values)) {
            return false;
        }
        List<Key> keys = PolicyKeys.all();
        for (int i = 0; i < keys.size(); i++) {
            if (!same(keys.get(i), values)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        List<Key> keys = PolicyKeys.all();
        for (int i = 0; i < keys.size(); i++) {
            Object value = of(keys.get(i));
            hash = 31 * hash + (value == null ? 0 : value.hashCode());
        }
        return hash;
    }
}
