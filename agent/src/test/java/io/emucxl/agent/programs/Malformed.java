package io.emucxl.agent.programs;

/** Defines a class file that is none. */
public final class Malformed {
    private Malformed() {}

    private static final class Loader extends ClassLoader {
        Class<?> define(byte[] file) {
            return defineClass(null, file, 0, file.length);
        }
    }

    public static void main(String[] arguments) {
        byte[] file = {
            (byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 61, 0, 9, 99, 0
        };
        try {
            System.out.println(new Loader().define(file));
        } catch (ClassFormatError e) {
            System.out.println("ClassFormatError");
        }
    }
}
