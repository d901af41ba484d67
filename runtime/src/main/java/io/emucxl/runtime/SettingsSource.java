package io.emucxl.runtime;

/** Where new settings come from while the program runs. */
public interface SettingsSource {
    /**
     * Called about once a second on the engine's thread; must be cheap when nothing has changed.
     *
     * @return the settings that hold from now on, or null when they have not changed. Capacities,
     *     the start tier and the tuning are put into force; the rest of the space's configuration
     *     cannot change
     */
    Settings changed();
}
