package io.reverser.access.command;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Hands the parts to Quarkus. */
class Wiring {

    @Produces
    @Singleton
    Parts parts() {
        return CommandFunction.parts();
    }
}
