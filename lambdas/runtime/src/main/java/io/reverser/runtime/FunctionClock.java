package io.reverser.runtime;

import java.time.InstantSource;
import java.util.ServiceLoader;

/** The clock that a function uses. */
public final class FunctionClock {

    private FunctionClock() {}

    /**
     * Returns the system clock, unless the class path provides another clock. The sandbox provides a clock whose time
     * can be changed.
     */
    public static InstantSource find() {
        return ServiceLoader.load(InstantSource.class).findFirst().orElseGet(InstantSource::system);
    }
}
