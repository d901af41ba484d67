package io.emucxl.agent.advise;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * The agent of {@code emucxl advise}, inside of the watched program: it rewrites nothing. Now and
 * then, and at the end, it has the JVM write the live heap to a directory, where the command takes
 * it up. A heap is written when more is in use than at the last time, and not so often that it
 * would take more than a tenth of the time.
 */
public final class Observer implements Runnable {

    /** The system property with the directory. */
    public static final String PROPERTY = "emucxl.advise";

    /** How the name of a heap ends; in front of it the process, a number, and the live bytes. */
    static final String HEAP = ".hprof";

    /** How the name of the list of class path elements ends. */
    static final String PATH = ".path";

    private static final String UNFINISHED = "unfinished";
    private static final long LOOK_MILLIS = 100;
    private static final long FIRST_NANOS = 1_000_000_000;
    private static final long GROWTH_BYTES = 16 << 20;

    /** One part of the time for heaps, so many for the program. */
    private static final int SHARE = 9;

    private final Path directory;
    private final Instrumentation instrumentation;
    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final HotSpotDiagnosticMXBean diagnostic =
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    private final String process = Long.toString(ProcessHandle.current().pid());

    private int count;
    private long live;
    private long notBefore;
    private Path last;

    private Observer(Path directory, Instrumentation instrumentation) {
        this.directory = directory;
        this.instrumentation = instrumentation;
        notBefore = System.nanoTime() + FIRST_NANOS;
    }

    /** Starts to watch this program. */
    public static void start(String directory, Instrumentation instrumentation) {
        Observer observer = new Observer(Path.of(directory), instrumentation);
        Thread watch = new Thread(observer, "emucxl-advise");
        watch.setDaemon(true);
        watch.start();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(observer::atTheEnd, "emucxl-advise-at-the-end"));
    }

    @Override
    public void run() {
        try {
            while (true) {
                Thread.sleep(LOOK_MILLIS);
                now();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void now() {
        long used = memory.getHeapMemoryUsage().getUsed();
        boolean taken = last == null || !Files.exists(last);
        if (taken
                && System.nanoTime() >= notBefore
                && used >= live + Math.max(GROWTH_BYTES, live / 4)) {
            write();
        }
    }

    private synchronized void atTheEnd() {
        write();
    }

    private void write() {
        long start = System.nanoTime();
        Path file = directory.resolve(process + '-' + count + '-' + UNFINISHED + HEAP);
        try {
            long used = memory.getHeapMemoryUsage().getUsed();
            if (directory.toFile().getUsableSpace() < used) {
                throw new IOException("too little room in " + directory.getParent());
            }
            writePath();
            diagnostic.dumpHeap(file.toString(), true);
            live = memory.getHeapMemoryUsage().getUsed();
            last = directory.resolve(process + '-' + count + '-' + live + HEAP);
            Files.move(file, last);
            count++;
        } catch (IOException | RuntimeException e) {
            System.err.println("emucxl: a heap was not looked at: " + e.getMessage());
            // Half of it may be there.
            boolean deleted = file.toFile().delete();
            notBefore = deleted ? System.nanoTime() : notBefore;
        }
        notBefore = System.nanoTime() + Math.max(FIRST_NANOS, SHARE * (System.nanoTime() - start));
    }

    /** Writes down where the classes of this program come from. */
    private void writePath() throws IOException {
        Set<String> elements = new LinkedHashSet<>();
        for (String property : new String[] {"java.class.path", "jdk.module.path"}) {
            StringTokenizer paths =
                    new StringTokenizer(System.getProperty(property, ""), File.pathSeparator);
            while (paths.hasMoreTokens()) {
                elements.add(new File(paths.nextToken()).getAbsolutePath());
            }
        }
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            ProtectionDomain domain =
                    loaded.getClassLoader() == null ? null : loaded.getProtectionDomain();
            CodeSource source = domain == null ? null : domain.getCodeSource();
            URL location = source == null ? null : source.getLocation();
            if (location != null && location.getProtocol().equals("file")) {
                elements.add(new File(location.getPath()).getAbsolutePath());
            }
        }
        Files.write(directory.resolve(process + PATH), elements);
    }
}
