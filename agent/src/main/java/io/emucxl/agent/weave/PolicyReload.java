package io.emucxl.agent.weave;

import io.emucxl.policies.file.PolicyChanges;
import io.emucxl.policies.file.PolicyFile;
import io.emucxl.policies.file.PolicyFileException;
import io.emucxl.policies.file.PolicyFileParser;
import io.emucxl.policies.file.Problem;
import io.emucxl.runtime.Settings;
import io.emucxl.runtime.SettingsSource;
import io.emucxl.runtime.Targets;
import java.io.File;
import java.util.List;

/**
 * Reads the policy file again when it has changed, and puts into force what can change while the
 * program runs. A file with mistakes changes nothing. Used by the engine's thread alone.
 */
final class PolicyReload implements SettingsSource {
    private final String name;
    private final File file;
    private PolicyFile policy;
    private Settings settings;
    private long readModified;
    private long readLength;
    private long seenModified;
    private long seenLength;

    /**
     * @param name the policy file as the user named it
     * @param policy what was read from it
     * @param settings what was made of that
     */
    PolicyReload(String name, PolicyFile policy, Settings settings) {
        this.name = name;
        this.file = new File(name);
        this.policy = policy;
        this.settings = settings;
        readModified = file.lastModified();
        readLength = file.length();
        seenModified = readModified;
        seenLength = readLength;
    }

    @Override
    public Settings changed() {
        long modified = file.lastModified();
        long length = file.length();
        // Whoever writes it may not be ready: it is read when it has not changed since last time.
        boolean settled = modified == seenModified && length == seenLength;
        seenModified = modified;
        seenLength = length;
        if (!settled || (modified == readModified && length == readLength)) {
            return null;
        }
        readModified = modified;
        readLength = length;
        return read();
    }

    private Settings read() {
        PolicyFile now;
        Settings changed;
        try {
            now = PolicyFileParser.read(name, System.getProperties());
            changed = RuntimeSettings.changed(settings, now, samePlacement(now));
        } catch (PolicyFileException e) {
            for (Problem problem : e.problems()) {
                Log.say(problem.toString());
            }
            Log.say(name + " has changed and cannot be used; what it said before holds");
            return null;
        } catch (IllegalArgumentException e) {
            Log.say(name + " has changed and cannot be used: " + e.getMessage());
            return null;
        }
        List<PolicyChanges.Change> changes = PolicyChanges.between(policy, now);
        if (changes.isEmpty()) {
            return null;
        }
        for (int target = 0; target < Targets.count(); target++) {
            String field = Targets.name(target);
            int dot = field.lastIndexOf('.');
            if (dot > 0) {
                PolicyFile.Target named =
                        TargetWishes.named(now, field.substring(0, dot), field.substring(dot + 1));
                Targets.change(target, TargetWishes.of(now, named));
            }
        }
        Log.say(name + " has changed: " + text(changes));
        policy = now;
        settings = changed;
        return changed;
    }

    private boolean samePlacement(PolicyFile now) {
        PolicyFile.Placement a = policy.placement();
        PolicyFile.Placement b = now.placement();
        return a.policy().equals(b.policy())
                && a.parameters().equals(b.parameters())
                && a.classPath().equals(b.classPath());
    }

    private static String text(List<PolicyChanges.Change> changes) {
        StringBuilder text = new StringBuilder();
        for (PolicyChanges.Change change : changes) {
            text.append(text.length() == 0 ? "" : ", ").append(change.key());
            if (change.live()) {
                text.append(' ').append(change.after());
                text.append(" (was ").append(change.before()).append(')');
            } else {
                text.append(" stays ").append(change.before());
                text.append(" (fixed while the program runs)");
            }
        }
        return text.toString();
    }
}
