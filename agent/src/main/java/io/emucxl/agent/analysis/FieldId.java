package io.emucxl.agent.analysis;

/**
 * A field, by the class that declares it.
 *
 * @param owner internal name of the declaring class, with slashes
 * @param name the field's name
 * @param descriptor its descriptor before rewriting, such as {@code [J}
 */
public record FieldId(String owner, String name, String descriptor) {
    @Override
    public String toString() {
        return owner.replace('/', '.') + '.' + name;
    }
}
