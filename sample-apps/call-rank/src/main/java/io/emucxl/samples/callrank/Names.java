package io.emucxl.samples.callrank;

import org.objectweb.asm.Type;

/** Method names as people write them. */
final class Names {

    private Names() {}

    /** {@code java.lang.String.charAt(int)}, with the parameters' simple names. */
    static String readable(String owner, String name, String descriptor) {
        StringBuilder text = new StringBuilder();
        text.append(owner.replace('/', '.')).append('.').append(name).append('(');
        String separator = "";
        for (Type parameter : Type.getArgumentTypes(descriptor)) {
            String type = parameter.getClassName();
            text.append(separator).append(type.substring(type.lastIndexOf('.') + 1));
            separator = ", ";
        }
        return text.append(')').toString();
    }
}
