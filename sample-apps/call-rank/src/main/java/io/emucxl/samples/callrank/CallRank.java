package io.emucxl.samples.callrank;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Prints the methods of the JDK that everything in it depends on. */
public final class CallRank {

    private static final int SHOWN = 10;
    private static final double PRECISION = 1e-13;

    private CallRank() {}

    /**
     * Reads, ranks, prints.
     *
     * @param arguments none
     * @throws IOException when the runtime image cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0) {
            System.err.println("usage: call-rank (it takes no arguments)");
            System.exit(2);
        }
        ProgressBar progress = new ProgressBar();
        Program program = read(progress);
        CallGraph graph = new CallGraph(program, progress);
        PageRank ranking = new PageRank(graph, PRECISION);
        ranking.run(progress);
        progress.close();
        System.out.printf(
                "JDK %s: %,d methods, %,d calls, %,d pushes%n",
                Runtime.version(), graph.methods(), graph.edges(), ranking.pushes());
        int[] best = best(ranking, graph.methods());
        for (int place = 0; place < best.length; place++) {
            int method = best[place];
            System.out.printf(
                    "%3d  %12.6f  %s%n", place + 1, ranking.rank(method), program.name(method));
        }
    }

    private static Program read(ProgressBar progress) throws IOException {
        Program program = new Program();
        List<Path> files = RuntimeImage.classFiles();
        progress.start("Reading classes", files.size());
        for (int i = 0; i < files.size(); i++) {
            program.add(Files.readAllBytes(files.get(i)));
            progress.reached(i + 1);
        }
        program.link();
        return program;
    }

    /** The methods of the highest rank, highest first; the earlier read one of equals. */
    private static int[] best(PageRank ranking, int methods) {
        int[] best = new int[Math.min(SHOWN, methods)];
        int count = 0;
        for (int method = 0; method < methods; method++) {
            int place = count;
            while (place > 0 && ranking.rank(best[place - 1]) < ranking.rank(method)) {
                place--;
            }
            if (place < best.length) {
                int moved = Math.min(count, best.length - 1) - place;
                System.arraycopy(best, place, best, place + 1, moved);
                best[place] = method;
                count = Math.min(count + 1, best.length);
            }
        }
        return best;
    }
}
