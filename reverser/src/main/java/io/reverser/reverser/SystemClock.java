package io.reverser.reverser;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The one place where the real time comes in. */
final class SystemClock {

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }
}
