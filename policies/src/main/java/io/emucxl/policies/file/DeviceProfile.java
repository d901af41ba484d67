package io.emucxl.policies.file;

import io.emucxl.runtime.Calibration;
import io.emucxl.runtime.DeviceModel;

/**
 * What is known of a kind of memory, with its sources. Immutable.
 *
 * @param name as the policy file names it
 * @param about what it is, in a few words
 * @param latency of an access that finds the device idle, in nanoseconds
 * @param latencySource where that is from
 * @param read the most that it reads, in bytes a nanosecond (GB/s), or null when not known
 * @param write the most that it writes, or null
 * @param mixed the most that it reads and writes together, or null
 * @param bandwidthSource where these are from; empty without them
 * @param load shares of the bandwidth at which {@code loadedNanos} are given, from 0 to 1
 * @param loadedNanos what an access then takes longer than on an idle device
 * @param loadedSource where these are from; empty without them
 */
@SuppressWarnings("ArrayRecordComponent") // a curve; nobody compares two of them
public record DeviceProfile(
        String name,
        String about,
        Quantity latency,
        String latencySource,
        Quantity read,
        Quantity write,
        Quantity mixed,
        String bandwidthSource,
        double[] load,
        double[] loadedNanos,
        String loadedSource) {

    /**
     * A number.
     *
     * @param value in nanoseconds or in bytes a nanosecond, or the factor
     * @param relative whether it is a factor of what the machine's local memory has
     */
    public record Quantity(double value, boolean relative) {

        double of(double local) {
            return relative ? value * local : value;
        }
    }

    /**
     * This profile as a multiple of the local memory that its host has: of {@code local-dram}, when
     * it says nanoseconds. On a machine whose own memory is slower or faster than that, the ratio
     * of remote to local is then the profile's. Bandwidths stay as they are.
     */
    DeviceProfile relativeTo(DeviceProfile local) {
        if (latency.relative()) {
            return this;
        }
        return new DeviceProfile(
                name + DeviceProfiles.RELATIVE,
                about,
                new Quantity(latency.value() / local.latency.value(), true),
                latencySource + ", over local-dram: " + local.latencySource,
                read,
                write,
                mixed,
                bandwidthSource,
                load,
                loadedNanos,
                loadedSource);
    }

    /** The profile in plain numbers on a machine whose local memory was measured. */
    public DeviceModel.Device on(Calibration local) {
        return new DeviceModel.Device(
                name,
                latency.of(local.latencyNanos()),
                bandwidth(read, local),
                bandwidth(write, local),
                bandwidth(mixed, local),
                load,
                loadedNanos,
                latency.relative());
    }

    private static double bandwidth(Quantity quantity, Calibration local) {
        return quantity == null ? Double.POSITIVE_INFINITY : quantity.of(local.readBandwidth());
    }
}
