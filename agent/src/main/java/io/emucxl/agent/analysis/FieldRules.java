package io.emucxl.agent.analysis;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** What the declaration of a field, and code that names it by a string, say against placing it. */
final class FieldRules {
    private final ClassStore store;

    FieldRules(ClassStore store) {
        this.store = store;
    }

    /** Why the field must keep its type, or null. */
    Escape refuses(ClassNode owner, FieldNode field) {
        if (owner.recordComponents != null
                && (field.access & Opcodes.ACC_STATIC) == 0
                && owner.recordComponents.stream().anyMatch(c -> c.name.equals(field.name))) {
            return new Escape("", "it is a component of a record");
        }
        if (wouldBeTwice(owner, field)) {
            return new Escape(
                    "", "another field of its name differs in the type of the array only");
        }
        String trouble =
                inSerializedForm(owner, field, store) ? store.world().serialTrouble() : null;
        if (trouble != null) {
            return new Escape("", trouble);
        }
        for (String c : store.family(owner)) {
            Escape e = namedIn(c, field.name);
            if (e != null) {
                return e;
            }
        }
        return null;
    }

    /**
     * Whether a field above it, as obfuscators name fields, would get the same type as a handle.
     */
    private static boolean wouldBeTwice(ClassNode owner, FieldNode field) {
        for (FieldNode f : owner.fields) {
            if (f == field) {
                return false;
            }
            if (f.name.equals(field.name)
                    && ArrayType.is(f.desc)
                    && ArrayType.is(field.desc)
                    && ArrayType.tiered(f.desc).equals(ArrayType.tiered(field.desc))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a field is, or may be, part of the default serialized form of its class. (With {@code
     * serialPersistentFields} a transient field can be, too.)
     */
    static boolean inSerializedForm(ClassNode owner, FieldNode field, ClassStore store) {
        boolean candidate =
                (field.access & Opcodes.ACC_STATIC) == 0
                        && ((field.access & Opcodes.ACC_TRANSIENT) == 0 || lists(owner));
        return candidate
                && (store.isSubtype(owner.name, "java/io/Serializable")
                        || store.hasUnknownAncestor(owner))
                && !store.isSubtype(owner.name, "java/io/Externalizable");
    }

    private static boolean lists(ClassNode owner) {
        for (FieldNode f : owner.fields) {
            if (f.name.equals("serialPersistentFields")) {
                return true;
            }
        }
        return false;
    }

    /** Reflection, VarHandles, field updaters and Unsafe find a field by its name. */
    private Escape namedIn(String className, String field) {
        ClassNode c = store.find(className);
        if (c == null) {
            return null;
        }
        MethodNode naming = store.mentions(c).lookingUp(field);
        return naming == null
                ? null
                : new Escape(
                        className.replace('/', '.') + '.' + naming.name,
                        "its name is looked up there (reflection, a VarHandle, a field updater or"
                                + " Unsafe)");
    }
}
