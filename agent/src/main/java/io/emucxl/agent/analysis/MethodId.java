package io.emucxl.agent.analysis;

/**
 * A method, by the class that declares it.
 *
 * @param owner internal name of the declaring class, with slashes
 * @param name the method's name
 * @param descriptor its descriptor before rewriting
 */
public record MethodId(String owner, String name, String descriptor) {
    @Override
    public String toString() {
        return owner.replace('/', '.') + '.' + name;
    }
}
