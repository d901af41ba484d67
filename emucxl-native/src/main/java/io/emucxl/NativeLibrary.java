package io.emucxl;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds and loads {@code libemucxl.so}. It travels inside the jar, is unpacked to a directory for
 * the moment of loading, and deleted at once: Linux keeps a loaded library without its name.
 */
final class NativeLibrary {

    /**
     * System property: the directory in which the library is unpacked, instead of {@code
     * java.io.tmpdir}.
     */
    static final String DIRECTORY = "emucxl.library.dir";

    private NativeLibrary() {}

    static void load() {
        String os = System.getProperty("os.name", "");
        String resource = resource(System.getProperty("os.arch", ""));
        if (!os.equals("Linux")) {
            throw unusable("emucxl runs on Linux, not on " + os, null);
        }
        Path directory =
                Path.of(
                        System.getProperty(
                                DIRECTORY, System.getProperty("java.io.tmpdir", "/tmp")));
        Path file = unpack(resource, directory);
        try {
            load(file.toFile());
        } catch (UnsatisfiedLinkError e) {
            throw unusable(whyNotLoaded(directory, e.getMessage(), musl()), e);
        } finally {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                file.toFile().deleteOnExit();
            }
        }
    }

    /** The place of the library in the jar, for an architecture as Java names it. */
    static String resource(String arch) {
        String machine = arch.equals("amd64") ? "x86_64" : arch;
        return "/io/emucxl/linux-" + machine + "/libemucxl.so";
    }

    private static Path unpack(String resource, Path directory) {
        try (InputStream in = NativeLibrary.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw unusable(
                        "this build has no libemucxl for "
                                + System.getProperty("os.arch")
                                + " ("
                                + resource
                                + " is not in the jar); build emucxl on such a machine",
                        null);
            }
            // Not createTempFile: it starts a SecureRandom. Names only need to differ: copy never
            // writes over a file.
            Path file =
                    directory.resolve("libemucxl-" + Long.toHexString(System.nanoTime()) + ".so");
            Files.copy(in, file);
            return file;
        } catch (IOException e) {
            throw unusable(whyNotUnpacked(directory, e), e);
        }
    }

    static String whyNotUnpacked(Path directory, IOException e) {
        return "cannot unpack libemucxl.so to "
                + directory
                + " ("
                + e
                + "); name a directory that can be written to with -D"
                + DIRECTORY
                + "=DIR";
    }

    static String whyNotLoaded(Path directory, String message, boolean musl) {
        if (musl) {
            return "this machine's C library is musl; libemucxl.so is built for glibc: " + message;
        }
        String why = "cannot load libemucxl.so from " + directory + ": " + message;
        if (message != null
                && (message.contains("failed to map segment")
                        || message.contains("not permitted"))) {
            why +=
                    "; "
                            + directory
                            + " seems to be mounted noexec: name another directory with -D"
                            + DIRECTORY
                            + "=DIR";
        }
        return why;
    }

    private static boolean musl() {
        String[] loaders = new File("/lib").list();
        if (loaders != null) {
            for (String name : loaders) {
                if (name.startsWith("ld-musl-")
                        && !new File("/lib64/ld-linux-x86-64.so.2").exists()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static EmucxlException unusable(String text, Throwable cause) {
        return new EmucxlException(EmucxlException.ELIBACC, text, -1, -1, cause);
    }

    /**
     * Loads the library for this class's loader. On the boot path {@code System.load} would warn on
     * newer JDKs; their own way of loading a library for the boot loader does not. The agent
     * exports the package that it takes.
     */
    @SuppressWarnings("restricted")
    private static void load(File file) {
        if (NativeLibrary.class.getClassLoader() != null || !loadForBootLoader(file)) {
            System.load(file.getAbsolutePath());
        }
    }

    private static boolean loadForBootLoader(File file) {
        try {
            Object libraries =
                    Class.forName("jdk.internal.loader.BootLoader")
                            .getMethod("getNativeLibraries")
                            .invoke(null);
            return Class.forName("jdk.internal.loader.NativeLibraries")
                            .getMethod("loadLibrary", Class.class, File.class)
                            .invoke(libraries, NativeLibrary.class, file)
                    != null;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof UnsatisfiedLinkError error) {
                throw error;
            }
            return false;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
