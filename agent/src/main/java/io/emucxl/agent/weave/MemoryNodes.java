package io.emucxl.agent.weave;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The memory of this machine by node, as far as the start-up line tells of it, by the rules of
 * libemucxl; the library itself is not loaded before something is placed.
 */
final class MemoryNodes {

    private static final String NODES = "/sys/devices/system/node/";

    private MemoryNodes() {}

    /** The backend that {@code auto} is on this machine. */
    static String automaticBackend() {
        String wanted = System.getenv("EMUCXL_BACKEND");
        if (wanted != null && !wanted.isEmpty() && !wanted.equals("auto")) {
            return wanted;
        }
        if (new File("/dev/emucxl").exists()) {
            return "device";
        }
        // A list such as 0-1 or 0,2 when there are several.
        String withMemory = read(NODES + "has_memory").trim();
        return withMemory.indexOf('-') > 0 || withMemory.indexOf(',') > 0 ? "numa" : "emulated";
    }

    /** The bytes of memory of the machine, 0 when unknown. */
    static long machineBytes() {
        return memTotal(read("/proc/meminfo"));
    }

    /** The bytes of memory of a node, 0 when unknown. */
    static long nodeBytes(int node) {
        return memTotal(read(NODES + "node" + node + "/meminfo"));
    }

    /** The bytes of a node that a backend gives out unless it is told otherwise, 0 when unknown. */
    static long nodeBytes(int node, String backend) {
        // The module keeps a part of the node for the kernel.
        String capacity =
                backend.equals("device")
                        ? read("/sys/class/misc/emucxl/node" + node + "/capacity").trim()
                        : "";
        return capacity.isEmpty() ? nodeBytes(node) : Long.parseLong(capacity);
    }

    /** The bytes of the largest cache of the first CPU, 0 when unknown. */
    static long cacheBytes() {
        long most = 0;
        for (int index = 0; index < 8; index++) {
            String size = read("/sys/devices/system/cpu/cpu0/cache/index" + index + "/size").trim();
            if (size.endsWith("K")) {
                most = Math.max(most, Long.parseLong(size.substring(0, size.length() - 1)) << 10);
            } else if (size.endsWith("M")) {
                most = Math.max(most, Long.parseLong(size.substring(0, size.length() - 1)) << 20);
            }
        }
        return most;
    }

    private static long memTotal(String meminfo) {
        int at = meminfo.indexOf("MemTotal:");
        long kibibytes = 0;
        for (int i = at + 9; at >= 0 && i < meminfo.length(); i++) {
            char c = meminfo.charAt(i);
            if (c >= '0' && c <= '9') {
                kibibytes = kibibytes * 10 + (c - '0');
            } else if (c != ' ') {
                break;
            }
        }
        return kibibytes * 1024;
    }

    private static String read(String file) {
        try (FileInputStream in = new FileInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
