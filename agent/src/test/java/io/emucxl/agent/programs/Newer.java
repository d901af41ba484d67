package io.emucxl.agent.programs;

import java.io.IOException;
import java.io.InputStream;

/** Defines a class of a version that is yet to come, in two loaders. */
public final class Newer {
    private static final int MAJOR = 7;

    private Newer() {}

    private static final class Loader extends ClassLoader {
        Class<?> define(byte[] file) {
            return defineClass("io.emucxl.agent.programs.Plain", file, 0, file.length);
        }
    }

    public static void main(String[] arguments) throws IOException {
        byte[] file;
        try (InputStream in = Newer.class.getResourceAsStream("Plain.class")) {
            file = in.readAllBytes();
        }
        file[MAJOR] = 99;
        for (int i = 0; i < 2; i++) {
            try {
                System.out.println(new Loader().define(file));
            } catch (UnsupportedClassVersionError e) {
                System.out.println("UnsupportedClassVersionError");
            }
        }
    }
}
