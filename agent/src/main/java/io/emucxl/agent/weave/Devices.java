package io.emucxl.agent.weave;

import io.emucxl.Backend;
import io.emucxl.RegionSpace;
import io.emucxl.SpaceConfig;
import io.emucxl.policies.file.DeviceProfiles;
import io.emucxl.policies.file.PolicyFile;
import io.emucxl.policies.file.PolicyFileException;
import io.emucxl.runtime.Calibration;
import io.emucxl.runtime.DeviceModel;

/** The devices that a policy file's profiles mean on this machine. */
public final class Devices {

    /** What is taken for the largest cache when the system does not say: no small one. */
    private static final long USUAL_CACHE_BYTES = 32L << 20;

    private Devices() {}

    /** Whether the profile is one that is charged. */
    static boolean named(String profile) {
        return !profile.equals(DeviceProfiles.NONE);
    }

    /** The bytes of the largest cache of a CPU. */
    public static long cacheBytes() {
        long bytes = MemoryNodes.cacheBytes();
        return bytes == 0 ? USUAL_CACHE_BYTES : bytes;
    }

    /**
     * Measures the machine, when a profile is named.
     *
     * @return the devices to charge, or null when none is named
     * @throws IllegalArgumentException when they cannot be charged; the message says why
     */
    static DeviceModel of(PolicyFile policy, SpaceConfig config) {
        String local = policy.local().profile();
        String remote = policy.remote().profile();
        if (!named(local) && !named(remote)) {
            return null;
        }
        if (policy.sampling().duty() == 0) {
            throw new IllegalArgumentException(
                    "device profiles are charged in the sampling windows, and"
                            + " placement.sampling.duty is 0%");
        }
        long bytes = Calibration.bytesFor(cacheBytes());
        Calibration localMemory = null;
        Calibration remoteMemory = null;
        try (RegionSpace space = RegionSpace.start(config)) {
            if (space.backend() != Backend.EMULATED) {
                localMemory = of(space, 0, bytes);
                remoteMemory = of(space, 1, bytes);
            }
        }
        if (localMemory == null) {
            localMemory = Calibration.ofEmulated(bytes);
            remoteMemory = localMemory;
        }
        return new DeviceModel(
                device(local, localMemory),
                device(remote, localMemory),
                localMemory.latencyNanos(),
                remoteMemory.latencyNanos(),
                cacheBytes());
    }

    private static Calibration of(RegionSpace space, int tier, long bytes) {
        Calibration calibration = Calibration.ofTier(space, tier, bytes);
        if (calibration == null) {
            throw new IllegalArgumentException(
                    "no device can be charged: measuring the "
                            + (tier == 0 ? "local" : "remote")
                            + " tier takes "
                            + StartLine.size(bytes)
                            + ", and it has no room for that");
        }
        return calibration;
    }

    private static DeviceModel.Device device(String profile, Calibration local) {
        try {
            return named(profile) ? DeviceProfiles.read(profile).on(local) : null;
        } catch (PolicyFileException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
