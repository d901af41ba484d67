package io.emucxl.agent.weave;

import io.emucxl.policies.file.PolicyFile;

/** The one line that the agent prints when it starts. */
public final class StartLine {

    private StartLine() {}

    static String of(PolicyFile policy, int placed, int refused) {
        String backend = policy.backend();
        if (backend.equals("auto")) {
            backend = MemoryNodes.automaticBackend();
        }
        PolicyFile.Tier local = policy.local();
        PolicyFile.Tier remote = policy.remote();
        String tiers;
        if (backend.equals("emulated")) {
            long half = MemoryNodes.machineBytes() / 2;
            tiers =
                    "local "
                            + capacity(local, "EMUCXL_LOCAL_CAPACITY", half)
                            + " and remote "
                            + capacity(remote, "EMUCXL_REMOTE_CAPACITY", half)
                            + " on one node"
                            + (modelled(policy).isEmpty() ? ", equally fast" : "");
        } else {
            tiers =
                    "local "
                            + capacity(local, "EMUCXL_LOCAL_CAPACITY", nodeBytes(local, backend))
                            + " on node "
                            + local.node()
                            + ", remote "
                            + capacity(remote, "EMUCXL_REMOTE_CAPACITY", nodeBytes(remote, backend))
                            + " on node "
                            + remote.node();
        }
        return "emucxl "
                + BuildVersion.TEXT
                + ": backend "
                + backend
                + ", "
                + tiers
                + modelled(policy)
                + "; "
                + fields(placed)
                + " placed, "
                + refused
                + " refused";
    }

    /** {@code , modelled: cxl-2.0-x8}, or nothing when no device is charged. */
    private static String modelled(PolicyFile policy) {
        String local = policy.local().profile();
        String remote = policy.remote().profile();
        if (!Devices.named(local)) {
            return Devices.named(remote) ? ", modelled: " + remote : "";
        }
        return ", modelled: local " + local + ", remote " + remote;
    }

    private static long nodeBytes(PolicyFile.Tier tier, String backend) {
        return MemoryNodes.nodeBytes(tier.node(), backend);
    }

    private static String capacity(PolicyFile.Tier tier, String variable, long all) {
        long bytes = tier.capacity(all);
        String environment = System.getenv(variable);
        if (bytes == 0 && environment != null && !environment.isEmpty()) {
            return environment;
        }
        return size(bytes == 0 ? all : bytes);
    }

    /** A size as in the policy file, with at most one decimal. */
    public static String size(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        int unit = 0;
        long tenths = bytes * 10;
        while (unit < units.length - 1 && tenths >= 10240) {
            tenths /= 1024;
            unit++;
        }
        return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + units[unit];
    }

    /** {@code 1 field}, {@code 2 fields}. */
    static String fields(int count) {
        return count + (count == 1 ? " field" : " fields");
    }
}
