package io.emucxl.agent.cli;

import io.emucxl.Backend;
import io.emucxl.EmucxlException;
import io.emucxl.RegionSpace;
import io.emucxl.SpaceConfig;
import io.emucxl.agent.weave.Devices;
import io.emucxl.policies.file.DeviceProfile;
import io.emucxl.policies.file.DeviceProfiles;
import io.emucxl.policies.file.PolicyFileException;
import io.emucxl.runtime.Calibration;
import io.emucxl.runtime.DeviceModel;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code emucxl calibrate}: what the machine has, and what each device profile charges on it. */
@Command(
        name = "calibrate",
        description = "Measure this machine's memory, and show what device profiles charge on it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Latency is measured by chasing pointers through far more memory than the cache holds,"
                    + " bandwidth by reading it from start to end. What is charged for an access is"
                    + " the profile's latency less the measured one, and nothing when the machine is"
                    + " slower."
        })
final class Calibrate implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "PROFILE",
            description = "profiles to show: names or files; default: those that come with emucxl")
    private List<String> names = new ArrayList<>();

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    /** The measured memory of a tier. */
    private record Memory(String tier, int node, Calibration calibration) {}

    @Override
    public Integer call() {
        List<DeviceProfile> profiles = new ArrayList<>();
        if (names.isEmpty()) {
            for (String name : DeviceProfiles.names()) {
                names.add(name);
                if (name.equals("cxl-2.0-x8")) {
                    names.add(name + DeviceProfiles.RELATIVE);
                }
            }
        }
        for (String name : names) {
            try {
                profiles.add(DeviceProfiles.read(name));
            } catch (PolicyFileException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage(), e);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        long bytes = Calibration.bytesFor(Devices.cacheBytes());
        List<Memory> memories = new ArrayList<>();
        Backend backend;
        int node;
        try (RegionSpace space = RegionSpace.start(SpaceConfig.DEFAULT)) {
            backend = space.backend();
            node = space.osNode(0);
            for (int tier = 0; tier < 2 && backend != Backend.EMULATED; tier++) {
                String name = tier == 0 ? "local" : "remote";
                err.println("emucxl calibrate: measuring " + name + " ...");
                err.flush();
                Calibration calibration = Calibration.ofTier(space, tier, bytes);
                if (calibration == null) {
                    err.println(
                            "emucxl calibrate: the "
                                    + name
                                    + " tier has no room for "
                                    + (bytes >> 20)
                                    + " MiB to measure");
                    return 1;
                }
                memories.add(new Memory(name, space.osNode(tier), calibration));
            }
        } catch (EmucxlException e) {
            return failed(err, e);
        }
        if (backend == Backend.EMULATED) {
            err.println("emucxl calibrate: measuring the memory ...");
            err.flush();
            try {
                memories.add(new Memory("both", node, Calibration.ofEmulated(bytes)));
            } catch (EmucxlException e) {
                return failed(err, e);
            }
        }
        if (json) {
            json(out, backend, memories, profiles);
        } else {
            table(out, backend, memories, profiles);
        }
        out.flush();
        return 0;
    }

    private static int failed(PrintWriter err, EmucxlException e) {
        err.println("emucxl calibrate: " + e.getMessage());
        return 1;
    }

    private static void table(
            PrintWriter out, Backend backend, List<Memory> memories, List<DeviceProfile> profiles) {
        out.printf("backend %s, largest cache %d MiB%n", backend, Devices.cacheBytes() >> 20);
        for (Memory memory : memories) {
            Calibration c = memory.calibration();
            out.printf(
                    Locale.ROOT,
                    "%s on node %d: %.0f ns, %.1f GB/s read (over %d MiB)%n",
                    memories.size() == 1 ? "both tiers" : memory.tier(),
                    memory.node(),
                    c.latencyNanos(),
                    c.readBandwidth(),
                    c.bytes() >> 20);
        }
        out.printf("%nfor the remote tier, modelled:%n");
        out.printf(
                "%-22s %10s %10s %10s %10s %12s%n",
                "profile", "ns", "read GB/s", "write", "both", "charged ns");
        Calibration local = memories.get(0).calibration();
        double remoteNanos = memories.get(memories.size() - 1).calibration().latencyNanos();
        for (DeviceProfile profile : profiles) {
            DeviceModel.Device device = profile.on(local);
            out.printf(
                    Locale.ROOT,
                    "%-22s %10.0f %10s %10s %10s %12.0f%s%n",
                    profile.name(),
                    device.latencyNanos(),
                    bandwidth(device.readBandwidth()),
                    bandwidth(device.writeBandwidth()),
                    bandwidth(device.mixedBandwidth()),
                    charged(device, remoteNanos),
                    device.latencyNanos() < remoteNanos ? "  (the machine is slower)" : "");
        }
        out.printf("%nsources%n");
        for (DeviceProfile profile : profiles) {
            out.printf(
                    "%s: %s%n    latency: %s%n",
                    profile.name(), profile.about(), profile.latencySource());
            source(out, "bandwidth", profile.bandwidthSource());
            source(out, "under load", profile.loadedSource());
        }
    }

    private static void source(PrintWriter out, String what, String source) {
        if (!source.isEmpty()) {
            out.printf("    %s: %s%n", what, source);
        }
    }

    private static double charged(DeviceModel.Device device, double remoteNanos) {
        return Math.max(0, device.latencyNanos() - remoteNanos);
    }

    private static String bandwidth(double value) {
        return Double.isInfinite(value) ? "-" : String.format(Locale.ROOT, "%.1f", value);
    }

    private static void json(
            PrintWriter out, Backend backend, List<Memory> memories, List<DeviceProfile> profiles) {
        out.printf("{\"backend\": \"%s\", \"cacheBytes\": %d,%n", backend, Devices.cacheBytes());
        out.printf(" \"memory\": [");
        String separator = "";
        for (Memory memory : memories) {
            Calibration c = memory.calibration();
            out.printf(
                    Locale.ROOT,
                    "%s%n  {\"tier\": \"%s\", \"node\": %d, \"latencyNanos\": %.2f,"
                            + " \"readBytesPerNano\": %.3f, \"bytes\": %d}",
                    separator,
                    memories.size() == 1 ? "both" : memory.tier(),
                    memory.node(),
                    c.latencyNanos(),
                    c.readBandwidth(),
                    c.bytes());
            separator = ",";
        }
        out.printf("],%n \"profiles\": [");
        Calibration local = memories.get(0).calibration();
        double remoteNanos = memories.get(memories.size() - 1).calibration().latencyNanos();
        separator = "";
        for (DeviceProfile profile : profiles) {
            DeviceModel.Device device = profile.on(local);
            out.printf(
                    Locale.ROOT,
                    "%s%n  {\"name\": \"%s\", \"latencyNanos\": %.2f, \"chargedNanos\": %.2f,"
                            + " \"readBytesPerNano\": %s, \"writeBytesPerNano\": %s,"
                            + " \"mixedBytesPerNano\": %s}",
                    separator,
                    profile.name().replace("\\", "\\\\").replace("\"", "\\\""),
                    device.latencyNanos(),
                    charged(device, remoteNanos),
                    number(device.readBandwidth()),
                    number(device.writeBandwidth()),
                    number(device.mixedBandwidth()));
            separator = ",";
        }
        out.printf("]}%n");
    }

    private static String number(double value) {
        return Double.isInfinite(value) ? "null" : String.format(Locale.ROOT, "%.3f", value);
    }
}
