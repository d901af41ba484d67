package io.emucxl.agent.weave;

import io.emucxl.policies.file.PolicyFile;
import io.emucxl.runtime.Settings;
import io.emucxl.runtime.TieredRuntime;
import java.lang.instrument.Instrumentation;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Starts the runtime when the first field is placed, and not before: a program without targets
 * needs neither the native library nor the region space.
 */
final class RuntimeStart {

    /** What the runtime uses of the JDK's inside. */
    private static final String[] PACKAGES = {
        "jdk.internal.misc", "jdk.internal.util", "jdk.internal.loader"
    };

    private final Instrumentation instrumentation;
    private final PolicyFile policy;
    private final String policyName;
    private Thread preparation;
    private boolean exported;
    private boolean tried;
    private boolean started;

    /**
     * @param policyName the policy file as the user named it; null or empty for none
     */
    RuntimeStart(Instrumentation instrumentation, PolicyFile policy, String policyName) {
        this.instrumentation = instrumentation;
        this.policy = policy;
        this.policyName = policyName;
    }

    /**
     * Begins with what no setting changes, on a thread of its own: the library and the JDK's method
     * handles take a third of the start. For a program that will have something placed.
     */
    void prepare() {
        preparation =
                new Thread("emucxl-start") {
                    @Override
                    public void run() {
                        try {
                            export();
                            TieredRuntime.prepare();
                        } catch (RuntimeException | LinkageError e) {
                            // The start meets it again, and says so.
                        }
                    }
                };
        preparation.setDaemon(true);
        preparation.start();
    }

    private void prepared() {
        try {
            if (preparation != null) {
                preparation.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        if (!exported) {
            export();
        }
    }

    /**
     * Whether the runtime runs. The first call starts it, and says so when it cannot.
     *
     * @param ahead the code of a stored plan, or null
     * @param targets how many targets that plan has
     */
    synchronized boolean ensureStarted(StoredCode ahead, int targets) {
        if (!tried) {
            tried = true;
            try {
                SelfTest test = SelfTest.begin(ahead, targets);
                prepared();
                Settings settings = RuntimeSettings.of(policy);
                TieredRuntime.start(settings);
                if (policyName != null && !policyName.isEmpty()) {
                    TieredRuntime.watch(new PolicyReload(policyName, policy, settings));
                }
                test.end();
                started = true;
            } catch (RuntimeException | LinkageError e) {
                Log.say("nothing is placed: " + reason(e));
            }
        }
        return started;
    }

    /** Whether the runtime was to be started and did not. */
    synchronized boolean failed() {
        return tried && !started;
    }

    private static String reason(Throwable e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /** Lets the runtime, in the boot loader's unnamed module, see what it needs of the JDK. */
    private void export() {
        Set<Module> runtime = Set.of(TieredRuntime.class.getModule());
        Map<String, Set<Module>> exports = new HashMap<>();
        for (String name : PACKAGES) {
            exports.put(name, runtime);
        }
        instrumentation.redefineModule(
                Object.class.getModule(), Set.of(), exports, Map.of(), Set.of(), Map.of());
        exported = true;
    }
}
