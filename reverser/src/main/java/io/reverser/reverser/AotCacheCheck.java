package io.reverser.reverser;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Warns at the start if the JVM rejected the AOT cache; the JVM itself reports this only as plain text. */
final class AotCacheCheck {

    private static final Logger LOG = Logger.getLogger(AotCacheCheck.class);

    void check(@Observes StartupEvent start) {
        // A JVM that rejects its AOT cache does not use the default archive of the JDK's classes either.
        if (!System.getProperty("java.vm.info", "").contains("sharing")) {
            LOG.warn(
                    "The JVM rejected the AOT cache, so the reverser starts slowly. The JVM's first messages contain the"
                            + " reason; a copy of the app must keep the modification times of its files.");
        }
    }
}
