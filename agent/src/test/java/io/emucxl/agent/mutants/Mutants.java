package io.emucxl.agent.mutants;

import static io.emucxl.agent.mutants.Edits.answers;
import static io.emucxl.agent.mutants.Edits.exchanges;
import static io.emucxl.agent.mutants.Edits.forgets;
import static io.emucxl.agent.mutants.Edits.givesBack;
import static io.emucxl.agent.mutants.Edits.inverts;
import static io.emucxl.agent.mutants.Edits.reads;
import static io.emucxl.agent.mutants.Edits.says;
import static io.emucxl.agent.mutants.Edits.takesZero;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

/** Faults of the analysis, of the rewriting, and of what rewritten code calls. */
final class Mutants {
    private static final String ANALYSIS = "io/emucxl/agent/analysis/";
    static final String RUNTIME = "io/emucxl/runtime/";
    private static final String HANDLE = "L" + RUNTIME + "TieredArray;";

    private final List<Mutant> all = new ArrayList<>();

    private Mutants() {
        escapesThatAreNotSeen();
        flowsThatAreNotSeen();
        methodsAndFields();
        instructions();
        messages();
        runtime();
    }

    static List<Mutant> all() {
        return new Mutants().all;
    }

    private void analysis(String fault, String className, Consumer<ClassNode> edit) {
        all.add(new Mutant(fault, List.of(ANALYSIS + className), edit));
    }

    private void runtime(String fault, String className, Consumer<ClassNode> edit) {
        all.add(new Mutant(fault, List.of(RUNTIME + className), edit));
    }

    private void escapesThatAreNotSeen() {
        analysis("no escape is seen", "BodyFlow", answers("escape", null));
        analysis("copies are returned unasked", "Leaks", forgets("bar", "escapes"));
    }

    private void flowsThatAreNotSeen() {
        analysis("one side of a join is forgotten", "PlaceValue", givesBack("merge", 0));
        analysis("what meets at a join stays two", "BodyFlow", answers("unify", null));
        analysis("what a callee gets is not followed", "CallSite", answers("flow", null));
    }

    private void methodsAndFields() {
        analysis(
                "overriding methods are rewritten one by one",
                "WorldPlaces",
                answers("overridable", false));
        analysis("overloads may become alike", "WorldPlaces", answers("clashes", false));
        analysis(
                "methods that lambdas may implement change their type",
                "WorldPlaces",
                answers("functional", false));
        analysis(
                "callers with heap arrays lose their version",
                "Plan$Signature",
                answers("inPlace", true));
    }

    private void instructions() {
        analysis(
                "== and != change places",
                "BodyRewriter",
                exchanges("compare", Opcodes.IFEQ, Opcodes.IFNE));
        analysis("parameters are not wrapped", "BodyRewriter", answers("wrapParameters", null));
        analysis("values are not wrapped", "BodyRewriter", answers("wrapBefore", null));
        analysis("arrays of rows are made as heap arrays", "BodyRewriter", inverts("allocate", 1));
        analysis("snapshots are not made", "CallRewriter", answers("snapshots", null));
        analysis("frames keep the old types", "FrameTypes", givesBack("typeOf", 0));
    }

    private void messages() {
        analysis(
                "a message names another instruction",
                "NullReasons",
                says("action", "Cannot load from ", "Cannot store to "));
        analysis("the JVM explains a null in rewritten code", "NullCalls", answers("check", null));
        analysis("a message goes one step less deep", "NullReasons", inverts("cause", 0));
        runtime("ranges are held against another length", "Bounds", takesZero("checkRange", 0, 0));
    }

    private void runtime() {
        String same = "(" + HANDLE + HANDLE + ")Z";
        runtime(
                "handles of different heap arrays are the same",
                "TieredArray",
                inverts("same" + same, 4));
        runtime("a clone is the array itself", "FreshCopies", givesBack("clone", 0));
        runtime("arraycopy takes the wrong position", "Copies", reads("copy", 2, 5, 0));
        runtime("rows and columns change places", "Allocation", reads("allocateRows", 1, 2, 3));
    }
}
