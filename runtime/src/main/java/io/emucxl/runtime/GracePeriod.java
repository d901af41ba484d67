package io.emucxl.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import jdk.internal.vm.annotation.ForceInline;
import jdk.internal.vm.annotation.Hidden;

/**
 * The time after which no thread can still use the address of a handle that died before.
 *
 * <p>A heap array cannot go away under a loop that uses it: its reference is in the loop's oop map.
 * The address of a tiered array can: in
 *
 * <pre>for (int i = 0; i &lt; n; i++) sum += LongElements.get(this.table, i);</pre>
 *
 * the JIT may read {@code this.table} and the address in it once, before the loop. When another
 * thread replaces the table, the old handle is unreachable, and the loop goes on using its address
 * for as long as it runs, an hour if need be. A {@code reachabilityFence} does not help, as the
 * reference that it keeps alive may be one that was read before the loop; nor does waiting.
 *
 * <p>So every access depends on one call site. To change the target of the site, the JVM throws
 * away the code that was compiled with the old one, at a safepoint where no thread is inside an
 * access with its handle dead: the loop above goes on in the interpreter and reads {@code
 * this.table} anew. Once the change is done, all that died before it is out of reach. Code that C2
 * compiled does not pay for the site at all. C1 leaves a call there, which is slower, and before
 * which it moves no access. A change costs a part of a millisecond, and compiling again.
 */
final class GracePeriod {
    /**
     * Takes the guards and the grace periods away. The test of them sets it to show that accesses
     * go wrong then; nobody else may.
     */
    private static final boolean SKIPPED = Boolean.getBoolean("emucxl.test.skipGracePeriods");

    private static final MethodHandle EVEN = target("even");
    private static final MethodHandle ODD = target("odd");
    private static final MutableCallSite SITE = new MutableCallSite(EVEN);
    private static final MethodHandle GUARD = SITE.dynamicInvoker();

    private static long count;

    private GracePeriod() {}

    private static MethodHandle target(String name) {
        try {
            return MethodHandles.lookup()
                    .findStatic(GracePeriod.class, name, MethodType.methodType(void.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @ForceInline
    static void even() {}

    @ForceInline
    static void odd() {}

    /** Makes the code that is compiled from the caller end with the next grace period. */
    @ForceInline
    @Hidden
    static void guard() {
        if (SKIPPED) {
            return;
        }
        try {
            GUARD.invokeExact();
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /** Returns when no thread uses an address of a handle that was unreachable at the call. */
    static synchronized void await() {
        count++;
        if (SKIPPED) {
            return;
        }
        SITE.setTarget((count & 1) == 0 ? EVEN : ODD);
        MutableCallSite.syncAll(new MutableCallSite[] {SITE});
    }

    /** How many grace periods there have been. */
    static synchronized long count() {
        return count;
    }
}
