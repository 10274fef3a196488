package io.reverser.reverser;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Warns at the start if Netty's library for epoll is missing; Netty then uses the JDK's network classes. */
final class NativeTransportCheck {

    private static final Logger LOG = Logger.getLogger(NativeTransportCheck.class);

    void check(@Observes StartupEvent start, Vertx vertx) {
        if (!vertx.isNativeTransportEnabled()) {
            LOG.warnf(
                    "Netty's library for epoll is not in the folder native, so a request needs more CPU time: %s",
                    vertx.unavailableNativeTransportCause());
        }
    }
}
