package io.reverser.access.command;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Hands the parts to Quarkus. */
class CommandProducer {

    @Produces
    @Singleton
    CommandComponents components() {
        return CommandFunction.components();
    }
}
