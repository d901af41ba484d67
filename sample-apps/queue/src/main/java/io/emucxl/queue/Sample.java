package io.emucxl.queue;

/** Mean and standard deviation of some measurements. */
record Sample(double mean, double deviation) {

    /** Of at least one value; the deviation is that of a sample, 0 for a single one. */
    static Sample of(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new Sample(mean, values.length == 1 ? 0 : Math.sqrt(squares / (values.length - 1)));
    }

    /** All values larger by so much. */
    Sample plus(double more) {
        return new Sample(mean + more, deviation);
    }
}
