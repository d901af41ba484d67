package io.emucxl.samples.callrank;

import io.emucxl.runtime.RemoteTier;

/**
 * PageRank by pushing residuals: a method passes what it has newly received on to its callees, in
 * equal shares, damped; only methods that have received enough are worked on, first come first
 * served (J. Whang, A. Lenharth, I. Dhillon, K. Pingali: Scalable Data-driven PageRank, Euro-Par
 * 2015). Rank that reaches a method without callees stays there.
 */
@RemoteTier
final class PageRank {

    private static final double DAMPING = 0.85;

    private final CallGraph graph;
    private final double threshold;
    private final double[] rank;
    private final double[] residual;

    /** A ring of the methods whose residual is over the threshold. */
    private final int[] queue;

    private final boolean[] queued;
    private int head;
    private int waiting;
    private long pushes;

    /**
     * @param graph who calls whom
     * @param precision the residual that a method may keep, in shares of a method's initial rank
     */
    PageRank(CallGraph graph, double precision) {
        this.graph = graph;
        int methods = graph.methods();
        threshold = precision;
        rank = new double[methods];
        residual = new double[methods];
        queue = new int[methods];
        queued = new boolean[methods];
    }

    /** Runs to convergence. */
    void run(ProgressBar progress) {
        int methods = graph.methods();
        for (int method = 0; method < methods; method++) {
            residual[method] = 1 - DAMPING;
            queue[method] = method;
            queued[method] = true;
        }
        waiting = methods;
        progress.start("Ranking", methods);
        while (waiting > 0) {
            int method = queue[head];
            head = head + 1 == methods ? 0 : head + 1;
            waiting--;
            queued[method] = false;
            push(method);
            progress.reached(methods - waiting);
        }
    }

    /** How many times a method has passed rank on. */
    long pushes() {
        return pushes;
    }

    double rank(int method) {
        return rank[method];
    }

    private void push(int method) {
        double passed = residual[method];
        residual[method] = 0;
        rank[method] += passed;
        int first = graph.firstEdge(method);
        int end = graph.firstEdge(method + 1);
        double share = DAMPING * passed / (end - first);
        for (int edge = first; edge < end; edge++) {
            int callee = graph.callee(edge);
            residual[callee] += share;
            if (residual[callee] > threshold && !queued[callee]) {
                enqueue(callee);
            }
        }
        pushes++;
    }

    private void enqueue(int method) {
        int methods = queue.length;
        int tail = head + waiting;
        queue[tail >= methods ? tail - methods : tail] = method;
        queued[method] = true;
        waiting++;
    }
}
