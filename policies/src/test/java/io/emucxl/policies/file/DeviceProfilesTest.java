package io.emucxl.policies.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.runtime.Calibration;
import io.emucxl.runtime.DeviceModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DeviceProfilesTest {
    private static final double EXACT = 1e-9;

    /** 120 ns, 10 GB/s. */
    private static final Calibration MACHINE = new Calibration(120, 10, 1 << 20);

    private static final String WHOLE =
            """
            version: 1
            about: mine
            latency:
              value: 300ns
              source: a book
            bandwidth: {read: 5GB/s, write: 2.5GB/s, mixed: 6GB/s, source: a book}
            loaded:
              points: {50%: 10ns, 90%: 100ns}
              source: a book
            """;

    @ParameterizedTest
    @MethodSource("io.emucxl.policies.file.DeviceProfiles#names")
    void everyNumberThatComesWithEmucxlHasASource(String name) throws Exception {
        DeviceProfile profile = DeviceProfiles.read(name);
        assertEquals(name, profile.name());
        assertFalse(profile.about().isEmpty());
        assertFalse(profile.latencySource().isEmpty());
        assertEquals(profile.read() == null, profile.bandwidthSource().isEmpty());
        assertEquals(profile.load().length == 0, profile.loadedSource().isEmpty());
        assertEquals(name, profile.on(MACHINE).name());
    }

    @ParameterizedTest
    @CsvSource({
        "local-dram, 80.8, Infinity",
        "remote-socket, 140.4, Infinity",
        "cxl-2.0-x8, 250, 17.8",
        "cxl-asic, 261.6, 8.2",
        "cxl-fpga, 345.6, 6.9",
        "slow, 410, Infinity",
        "cxl-2.0-x8 relative, 371.28712871, 17.8",
        "cxl-asic relative, 261.6, 8.2"
    })
    void whatProfilesMeanOnAMachine(String name, double latency, double bandwidth)
            throws Exception {
        DeviceModel.Device device = DeviceProfiles.read(name).on(MACHINE);
        assertEquals(latency, device.latencyNanos(), 1e-6);
        assertEquals(bandwidth, device.readBandwidth(), EXACT);
    }

    @Test
    void aProfileOfOnesOwn(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("mine.yaml");
        Files.writeString(file, WHOLE);
        DeviceModel.Device device = DeviceProfiles.read(file.toString()).on(MACHINE);
        assertEquals(300, device.latencyNanos(), EXACT);
        assertEquals(2.5, device.writeBandwidth(), EXACT);
        assertEquals(6, device.mixedBandwidth(), EXACT);
        assertArrayEquals(new double[] {0.5, 0.9}, device.load(), EXACT);
        assertEquals(310, device.latencyAt(0.5), EXACT);
        PolicyFile policy =
                PolicyFileParser.parse(
                        "p.yaml",
                        "version: 1\ntiers:\n  remote: {profile: " + file + " relative}\n",
                        new Properties());
        assertEquals(file + " relative", policy.remote().profile());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version: 1 | version: 2 | 1:10: version is missing or not known; it is 1",
                "value: 300ns | value: 300 | 4:10: value is \"300\"; write a number with ns, or with % for a share of what the machine's local memory has",
                "value: 300ns | value: 0.5ns | 4:10: value is out of range: 0.5ns",
                "source: a book | sauce: a book | 5:3: unknown key \"sauce\"; did you mean \"source\"?",
                "2.5GB/s | 2.5GiB/s | 6:33: write is \"2.5GiB/s\"; write a number with GB/s, or with % for a share of what the machine's local memory has",
                "90%: 100ns | 40%: 100ns | 8:23: the shares of the curve do not rise",
                "90%: 100ns | 190%: 100ns | 8:23: a point of the curve is a share and a time, such as 90%: 16ns",
                "about: mine | version: 1 | 2:1: \"version\" is given twice; leave one of them"
            })
    void mistakesAreNamedWithTheirPlace(String right, String wrong, String message) {
        String text = WHOLE.replaceFirst(java.util.regex.Pattern.quote(right), wrong);
        PolicyFileException e =
                assertThrows(
                        PolicyFileException.class, () -> DeviceProfiles.parse("mine.yaml", text));
        assertTrue(
                e.problems().get(0).toString().startsWith("mine.yaml:" + message), e.getMessage());
    }

    @Test
    void aProfileThatIsNotThereIsAMistakeInThePolicyFile() {
        PolicyFileException e =
                assertThrows(
                        PolicyFileException.class,
                        () ->
                                PolicyFileParser.parse(
                                        "p.yaml",
                                        "version: 1\ntiers:\n  remote: {profile: no/such.yaml}\n",
                                        new Properties()));
        assertTrue(
                e.getMessage()
                        .startsWith(
                                "p.yaml:3:21: tiers.remote.profile: no/such.yaml: no such device"
                                        + " profile"),
                e.toString());
    }

    @Test
    void numbersWithoutASourceAreRefused() {
        PolicyFileException e =
                assertThrows(
                        PolicyFileException.class,
                        () ->
                                DeviceProfiles.parse(
                                        "mine.yaml", "version: 1\nlatency: {value: 300ns}\n"));
        assertTrue(e.getMessage().contains("numbers without a source"), e.getMessage());
    }
}
