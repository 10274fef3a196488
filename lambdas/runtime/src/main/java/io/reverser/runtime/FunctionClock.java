package io.reverser.runtime;

import java.time.InstantSource;
import java.util.ServiceLoader;

/** The clock of a function. */
public final class FunctionClock {

    private FunctionClock() {}

    /**
     * The system's clock, unless the class path provides another; the sandbox provides one whose time can be changed.
     */
    public static InstantSource find() {
        return ServiceLoader.load(InstantSource.class).findFirst().orElseGet(InstantSource::system);
    }
}
