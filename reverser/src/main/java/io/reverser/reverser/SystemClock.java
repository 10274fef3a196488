package io.reverser.reverser;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The only class of the app that reads the system clock. */
final class SystemClock {

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }
}
