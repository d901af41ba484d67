package io.emucxl.policies;

/**
 * Page-Hinkley test: tells that the mean of a series has fallen.
 *
 * <p>After Page, "Continuous inspection schemes", Biometrika 41, 1954.
 */
final class PageHinkley {
    private final double tolerance;
    private final double alarm;
    private double mean;
    private double count;
    private double sum;
    private double highest;

    /**
     * @param tolerance the fall that is not a change
     * @param alarm the cumulated fall beyond tolerance that is one
     */
    PageHinkley(double tolerance, double alarm) {
        this.tolerance = tolerance;
        this.alarm = alarm;
    }

    /** Takes a value, and returns whether the mean has fallen since the last time that it had. */
    boolean fallen(double value) {
        count++;
        mean += (value - mean) / count;
        sum += value - mean + tolerance;
        highest = Math.max(highest, sum);
        if (highest - sum <= alarm) {
            return false;
        }
        mean = 0;
        count = 0;
        sum = 0;
        highest = 0;
        return true;
    }
}
