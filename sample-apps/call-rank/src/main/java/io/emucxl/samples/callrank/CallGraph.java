package io.emucxl.samples.callrank;

import io.emucxl.runtime.RemoteTier;

/**
 * Who calls whom, in compressed sparse rows: the callees of method m are {@code callees[starts[m]]}
 * to {@code callees[starts[m + 1] - 1]}. A callee that can be reached from several call sites of a
 * method is there several times.
 */
@RemoteTier
final class CallGraph {

    private final long[] starts;
    private final int[] callees;

    /**
     * @param program the classes, linked
     * @param progress told about every method
     */
    CallGraph(Program program, ProgressBar progress) {
        int methods = program.methods();
        int[][] targets = new int[program.calls()][];
        Dispatch dispatch = new Dispatch(program);
        progress.start("Resolving calls", targets.length);
        for (int call = 0; call < targets.length; call++) {
            targets[call] = dispatch.targets(program.call(call));
            progress.reached(call + 1);
        }
        starts = new long[methods + 1];
        for (int method = 0; method < methods; method++) {
            long edges = 0;
            for (int s = program.firstSite(method); s < program.firstSite(method + 1); s++) {
                edges += targets[program.callAt(s)].length;
            }
            starts[method + 1] = starts[method] + edges;
        }
        callees = new int[Math.toIntExact(starts[methods])];
        int edge = 0;
        for (int method = 0; method < methods; method++) {
            for (int s = program.firstSite(method); s < program.firstSite(method + 1); s++) {
                for (int target : targets[program.callAt(s)]) {
                    callees[edge] = target;
                    edge++;
                }
            }
        }
    }

    int methods() {
        return starts.length - 1;
    }

    int edges() {
        return callees.length;
    }

    /** The index of the first edge of a method. */
    int firstEdge(int method) {
        return (int) starts[method];
    }

    /** The method that an edge leads to. */
    int callee(int edge) {
        return callees[edge];
    }
}
