package io.emucxl.agent.analysis;

/**
 * A method, by the class that declares it.
 *
 * @param owner internal name of the declaring class, with slashes
 * @param name the method's name
 * @param descriptor its descriptor before rewriting
 */
public record MethodId(String owner, String name, String descriptor) {
    // By hand: those of a record link an invokedynamic, which costs the start some 30 ms.

    @Override
    public boolean equals(Object object) {
        return object instanceof MethodId that
                && owner.equals(that.owner)
                && name.equals(that.name)
                && descriptor.equals(that.descriptor);
    }

    @Override
    public int hashCode() {
        return (owner.hashCode() * 31 + name.hashCode()) * 31 + descriptor.hashCode();
    }

    @Override
    public String toString() {
        return owner.replace('/', '.') + '.' + name;
    }
}
