package io.emucxl.agent.analysis;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Which interfaces {@link Proxy} implements: those that are named by a class constant in a class
 * that makes proxies, and annotations, which the JDK implements by proxies. Their methods are given
 * and give arrays as objects.
 *
 * <p>A proxy of an interface that its maker learnt of elsewhere is not seen. Its handler gets the
 * handles, which it can pass on.
 */
public final class Proxies {
    /** The method that makes a proxy. */
    public static final String MAKER = "newProxyInstance";

    /** The descriptor of the method that makes a proxy. */
    public static final String MAKER_DESCRIPTOR =
            Type.getMethodDescriptor(
                    Type.getType(Object.class),
                    Type.getType(ClassLoader.class),
                    Type.getType(Class[].class),
                    Type.getType(InvocationHandler.class));

    private final ClassStore store;
    private Set<String> named;

    Proxies(ClassStore store) {
        this.store = store;
    }

    /** Whether a proxy may implement this interface, or one that extends it. */
    boolean implement(ClassNode type) {
        if (!ClassStore.is(type.access, Opcodes.ACC_INTERFACE)) {
            return false;
        }
        if (ClassStore.is(type.access, Opcodes.ACC_ANNOTATION)) {
            return true;
        }
        for (String name : named()) {
            if (store.isSubtype(name, type.name)) {
                return true;
            }
        }
        return false;
    }

    private Set<String> named() {
        if (named == null) {
            named = new HashSet<>();
            for (String user : store.world().mentioning(MAKER, MAKER_DESCRIPTOR)) {
                ClassNode c = store.find(user);
                if (c != null) {
                    c.methods.forEach(this::collect);
                }
            }
        }
        return named;
    }

    private void collect(MethodNode m) {
        for (AbstractInsnNode i = m.instructions.getFirst(); i != null; i = i.getNext()) {
            if (i instanceof LdcInsnNode ldc
                    && ldc.cst instanceof Type type
                    && type.getSort() == Type.OBJECT) {
                ClassNode c = store.find(type.getInternalName());
                if (c != null && ClassStore.is(c.access, Opcodes.ACC_INTERFACE)) {
                    named.add(c.name);
                }
            }
        }
    }
}
