package io.emucxl.agent.programs;

/** Keeps arrays of known sizes; ends with the status that it is given, or waits to be ended. */
public final class Hog {
    private final long[] keys = new long[2_000_000];
    private final double[][] rows = new double[100][10_000];
    private final int[] leaked = new int[1_000_000];

    private Hog() {}

    /** Gives the array to anybody: it has to stay on the heap. */
    public int[] leaked() {
        return leaked;
    }

    private long work() {
        long sum = 0;
        for (int i = 0; i < keys.length; i++) {
            keys[i] += i;
            sum += keys[i];
        }
        for (int i = 0; i < rows.length; i++) {
            rows[i][i] = i;
            sum += (long) rows[i][i];
        }
        return sum;
    }

    public static void main(String[] arguments) throws InterruptedException {
        Hog hog = new Hog();
        if (arguments[0].equals("wait")) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> System.out.println("ended " + hog.work())));
            System.out.println("waiting");
            Thread.sleep(60_000);
        }
        System.out.println(hog.work() + " " + hog.leaked().length);
        System.exit(Integer.parseInt(arguments[0]));
    }
}
