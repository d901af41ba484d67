package io.emucxl.agent.kit;

import java.util.ArrayList;
import java.util.List;

/** What each of several random programs printed in one JVM. */
public final class Outcome {
    private final List<String> programs;

    private Outcome(List<String> programs) {
        this.programs = programs;
    }

    /** Of what the JVM printed: each program begins a line with its name. */
    public static Outcome of(String output) {
        return new Outcome(List.of(output.split("\n(?=P\\d+ )", -1)));
    }

    /** Without the messages for null: in compiled code the JVM has none, now and then. */
    public Outcome withoutNullMessages() {
        List<String> all = new ArrayList<>();
        programs.forEach(p -> all.add(withoutNullMessages(p)));
        return new Outcome(all);
    }

    private static String withoutNullMessages(String program) {
        return program.replaceAll("NullPointerException[^;]*;", "NullPointerException;");
    }

    /** The outcome of some of the programs, counted from 0. */
    public Outcome of(int from, int to) {
        return new Outcome(programs.subList(from, to));
    }

    public int size() {
        return programs.size();
    }

    /** What a program printed, or that it printed nothing. */
    public String program(int i) {
        return i < programs.size() ? programs.get(i) : "nothing";
    }

    /**
     * The first program that printed something else, or nothing, in the other JVM; -1 when there is
     * none. This is the outcome without tiered arrays.
     */
    public int difference(Outcome tiered) {
        for (int i = 0; i < programs.size(); i++) {
            String wanted = program(i);
            String got = tiered.program(i).stripTrailing();
            wanted = wanted.stripTrailing();
            // The interpreter fuses iload and caload when it runs them again, and loses the
            // message.
            if (wanted.contains("NullPointerExceptionnull")) {
                wanted = withoutNullMessages(wanted);
                got = withoutNullMessages(got);
            }
            if (!wanted.equals(got)) {
                return i;
            }
        }
        return tiered.size() > size() ? size() : -1;
    }
}
