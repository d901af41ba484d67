package io.emucxl.policies.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What differs between two readings of a policy file. */
public final class PolicyChanges {
    private static final String[] TIERS = {"local", "remote"};
    private static final String[] PRIORITIES = {"low", "normal", "high"};

    private PolicyChanges() {}

    /**
     * A difference.
     *
     * @param key the key, such as {@code tiers.local.capacity} or {@code targets[2].pin}, from 0
     * @param before the value before
     * @param after the value now
     * @param live whether it can change while the program runs
     */
    public record Change(String key, String before, String after, boolean live) {}

    /** The differences, in the order of the documentation. */
    public static List<Change> between(PolicyFile before, PolicyFile after) {
        List<Change> changes = new ArrayList<>();
        for (Key key : PolicyKeys.all()) {
            Object was = before.values().of(key);
            Object is = after.values().of(key);
            if (!Objects.equals(was, is)) {
                changes.add(
                        new Change(
                                key.path(),
                                before.values().text(key),
                                after.values().text(key),
                                PolicyKeys.isLive(key) && is != null));
            }
        }
        targets(before, after, changes);
        return changes;
    }

    private static void targets(PolicyFile before, PolicyFile after, List<Change> changes) {
        List<PolicyFile.Target> old = before.targets();
        List<PolicyFile.Target> now = after.targets();
        boolean same = old.size() == now.size();
        for (int i = 0; same && i < old.size(); i++) {
            same = sameFields(old.get(i), now.get(i));
        }
        if (!same) {
            changes.add(
                    new Change(PolicyKeys.TARGETS, old.size() + " fields", "other ones", false));
            return;
        }
        boolean start = before.placement().start() == after.placement().start();
        boolean minBytes = before.placement().minBytes() == after.placement().minBytes();
        for (int i = 0; i < old.size(); i++) {
            PolicyFile.Target a = old.get(i);
            PolicyFile.Target b = now.get(i);
            String target = PolicyKeys.TARGETS + "[" + i + "].";
            if (minBytes && a.minBytes() != b.minBytes()) {
                String from = ScalarValue.size(a.minBytes());
                changes.add(
                        new Change(
                                target + "minBytes", from, ScalarValue.size(b.minBytes()), true));
            }
            if (start && a.pin() < 0 && b.pin() < 0 && a.start() != b.start()) {
                changes.add(new Change(target + "start", TIERS[a.start()], TIERS[b.start()], true));
            }
            if (a.pin() != b.pin()) {
                changes.add(new Change(target + "pin", pin(a), pin(b), true));
            }
            if (a.priority() != b.priority()) {
                String from = PRIORITIES[a.priority() + 1];
                changes.add(
                        new Change(target + "priority", from, PRIORITIES[b.priority() + 1], true));
            }
            if (a.copies() != b.copies()) {
                changes.add(new Change(target + "onEscape", onEscape(a), onEscape(b), false));
            }
        }
    }

    private static String onEscape(PolicyFile.Target target) {
        return target.copies() ? "copy" : "refuse";
    }

    private static String pin(PolicyFile.Target target) {
        return target.pin() < 0 ? "none" : TIERS[target.pin()];
    }

    private static boolean sameFields(PolicyFile.Target a, PolicyFile.Target b) {
        return Objects.equals(a.field(), b.field())
                && Objects.equals(a.fields(), b.fields())
                && a.exclude().equals(b.exclude());
    }
}
