package io.emucxl.samples.callrank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What was read of all classes: their hierarchy, their methods, and the calls in each method. */
final class Program {

    /** A class or interface. {@code parents} are its superclass and its interfaces, by name. */
    static final class Type {
        final String name;
        final int access;
        final List<String> parents = new ArrayList<>();
        final List<Type> children = new ArrayList<>();

        /** Number of the declared method, by name and descriptor. */
        final Map<String, Integer> methods = new HashMap<>();

        Type(String name, int access) {
            this.name = name;
            this.access = access;
        }
    }

    /** What a call instruction names. {@code dispatched}: the receiver's class decides. */
    record Call(String owner, String method, boolean dispatched) {}

    private final Map<String, Type> types = new HashMap<>();
    private final List<Type> order = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<Integer> access = new ArrayList<>();
    private final Map<Call, Integer> callNumbers = new HashMap<>();
    private final List<Call> calls = new ArrayList<>();

    /** The calls of method m are {@code sites[firstSite[m]] .. sites[firstSite[m + 1] - 1]}. */
    private int[] sites = new int[1 << 16];

    private int[] firstSite = new int[1 << 12];
    private int siteCount;

    /** Adds a class file. */
    void add(byte[] classFile) {
        new ClassReader(classFile)
                .accept(new Reader(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    }

    /** Links every class to its parents. Called once, when all classes are there. */
    void link() {
        for (Type type : order) {
            for (String parent : type.parents) {
                Type found = types.get(parent);
                if (found != null) {
                    found.children.add(type);
                }
            }
        }
    }

    int methods() {
        return names.size();
    }

    int calls() {
        return calls.size();
    }

    /** The name of a method, as people write it: {@code java.lang.String.length()}. */
    String name(int method) {
        return names.get(method);
    }

    int access(int method) {
        return access.get(method);
    }

    Call call(int number) {
        return calls.get(number);
    }

    Type type(String name) {
        return types.get(name);
    }

    int firstSite(int method) {
        return firstSite[method];
    }

    /** The number of the call at a site. */
    int callAt(int site) {
        return sites[site];
    }

    private void addMethod(Type type, int flags, String name, String descriptor) {
        int number = names.size();
        type.methods.put(name + descriptor, number);
        names.add(Names.readable(type.name, name, descriptor));
        access.add(flags);
        if (number + 1 == firstSite.length) {
            firstSite = Arrays.copyOf(firstSite, firstSite.length * 2);
        }
        firstSite[number + 1] = siteCount;
    }

    private void addSite(String owner, String name, String descriptor, boolean dispatched) {
        Call call = new Call(owner, (name + descriptor).intern(), dispatched);
        Integer number = callNumbers.putIfAbsent(call, calls.size());
        if (number == null) {
            number = calls.size();
            calls.add(call);
        }
        if (siteCount == sites.length) {
            sites = Arrays.copyOf(sites, siteCount * 2);
        }
        sites[siteCount] = number;
        siteCount++;
        firstSite[names.size()] = siteCount;
    }

    private final class Reader extends ClassVisitor {

        private Type type;

        Reader() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version,
                int flags,
                String name,
                String signature,
                String superName,
                String[] interfaces) {
            type = new Type(name, flags);
            types.put(name, type);
            order.add(type);
            if (superName != null) {
                type.parents.add(superName);
            }
            type.parents.addAll(List.of(interfaces));
        }

        @Override
        public MethodVisitor visitMethod(
                int flags, String name, String descriptor, String signature, String[] exceptions) {
            addMethod(type, flags, name, descriptor);
            return new Calls();
        }
    }

    /** Collects the calls of a method: what it invokes, and what it makes method handles of. */
    private final class Calls extends MethodVisitor {

        Calls() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visitMethodInsn(
                int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (owner.charAt(0) == '[') {
                return;
            }
            boolean dispatched =
                    opcode == Opcodes.INVOKEVIRTUAL || opcode == Opcodes.INVOKEINTERFACE;
            addSite(owner, name, descriptor, dispatched);
        }

        @Override
        public void visitInvokeDynamicInsn(
                String name, String descriptor, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments) {
                if (argument instanceof Handle handle
                        && handle.getTag() >= Opcodes.H_INVOKEVIRTUAL) {
                    boolean dispatched =
                            handle.getTag() == Opcodes.H_INVOKEVIRTUAL
                                    || handle.getTag() == Opcodes.H_INVOKEINTERFACE;
                    addSite(handle.getOwner(), handle.getName(), handle.getDesc(), dispatched);
                }
            }
        }
    }
}
