package io.emucxl.agent;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/**
 * Loads the agent, and the libraries it uses, from the {@link Pack} in the agent's jar. No other
 * loader can see these classes.
 *
 * <p>A class of the pack is never looked up in the parent, so that the program's class path cannot
 * change the agent.
 */
public final class AgentLoader extends ClassLoader {

    /** The jar that lies beside the agent's: the runtime, on the boot class path. */
    public static final String RUNTIME_JAR = "emucxl-runtime.jar";

    private final Pack pack;

    /**
     * Opens the pack.
     *
     * @param jar the agent's jar
     * @param parent the loader of the runtime, null for the boot loader
     * @throws IOException when the jar cannot be read or has no pack
     */
    public AgentLoader(File jar, ClassLoader parent) throws IOException {
        super("emucxl-agent", parent);
        pack = new Pack(new RandomAccessFile(jar, "r"));
    }

    /**
     * The agent's jar, beside the runtime's jar that this class was loaded from; null when there is
     * none.
     *
     * @throws IOException when the runtime's jar cannot be found
     */
    static File agentJar() throws IOException {
        File directory = runtimeJar().getParentFile();
        File usual = new File(directory, "emucxl-agent.jar");
        if (Pack.isIn(usual)) {
            return usual;
        }
        String[] names = directory.list();
        if (names != null) {
            for (String name : names) {
                File renamed = new File(directory, name);
                if (name.endsWith(".jar") && Pack.isIn(renamed)) {
                    return renamed;
                }
            }
        }
        return null;
    }

    /**
     * The jar on the boot class path. The VM has its directory mapped, and the kernel knows the
     * path of every mapping; asking the boot loader for a resource would cost ten times as much.
     */
    private static File runtimeJar() throws IOException {
        try (FileInputStream in = new FileInputStream("/proc/self/maps")) {
            String maps = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int name = maps.indexOf("/" + RUNTIME_JAR + "\n");
            if (name >= 0) {
                int line = maps.lastIndexOf('\n', name) + 1;
                File jar =
                        new File(
                                maps.substring(
                                        maps.indexOf('/', line), name + 1 + RUNTIME_JAR.length()));
                if (jar.isFile()) {
                    return jar;
                }
            }
        }
        URL here = AgentLoader.class.getResource("AgentLoader.class");
        if (here == null) {
            throw new IOException(RUNTIME_JAR + " cannot be found on the boot class path");
        }
        String path = URI.create(here.getPath()).getPath();
        return new File(path.substring(0, path.lastIndexOf('!')));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            byte[] file;
            try {
                file = pack.read(name.replace('.', '/').concat(".class"));
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
            if (file == null) {
                return super.loadClass(name, resolve);
            }
            return defineClass(name, file, 0, file.length);
        }
    }

    /**
     * Defines a class that is not in the pack: what the agent generates, such as the class of its
     * self-test.
     *
     * @param file the class file
     * @return the class, in this loader
     */
    public Class<?> define(byte[] file) {
        return defineClass(null, file, 0, file.length);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
        try {
            byte[] file = pack.read(name);
            return file == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(file);
        } catch (IOException e) {
            return null;
        }
    }
}
