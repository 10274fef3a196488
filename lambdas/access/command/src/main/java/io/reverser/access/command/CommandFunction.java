package io.reverser.access.command;

import io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.Quarkus;
import java.time.InstantSource;

/**
 * What Lambda starts. Quarkus would start its application with the first request, on the share of a processor that the
 * function's memory pays for; here it starts with the process, to which Lambda gives a whole one, and rehearses.
 */
public class CommandFunction extends QuarkusStreamHandler {

    /** Starts everything. */
    public CommandFunction() {
        Quarkus.manualStart();
        var beans = Arc.container();
        beans.instance(Rehearsal.class)
                .get()
                .perform(beans.instance(InstantSource.class).get().instant());
    }
}
