package io.emucxl.kv.speed;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * Counts the pauses of the garbage collector while it is open, but for those that were asked for.
 */
final class Pauses implements NotificationListener, AutoCloseable {
    private static final String ASKED_FOR = "System.gc()";
    private static final String CONCURRENT = "Concurrent";

    private int count;
    private long total;
    private long longest;

    Pauses() {
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (!bean.getName().contains(CONCURRENT)) {
                ((NotificationEmitter) bean).addNotificationListener(this, null, null);
            }
        }
    }

    @Override
    public synchronized void handleNotification(Notification notification, Object handback) {
        GarbageCollectionNotificationInfo info =
                GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
        if (!info.getGcCause().equals(ASKED_FOR)) {
            long millis = info.getGcInfo().getDuration();
            count++;
            total += millis;
            longest = Math.max(longest, millis);
        }
    }

    /** How many there were. */
    synchronized int count() {
        return count;
    }

    /** All together, in milliseconds. */
    synchronized long total() {
        return total;
    }

    /** The longest, in milliseconds. */
    synchronized long longest() {
        return longest;
    }

    @Override
    public void close() {
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (!bean.getName().contains(CONCURRENT)) {
                try {
                    ((NotificationEmitter) bean).removeNotificationListener(this);
                } catch (ListenerNotFoundException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}
