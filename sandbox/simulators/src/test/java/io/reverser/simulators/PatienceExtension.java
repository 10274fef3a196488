package io.reverser.simulators;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Sets a long default timeout for Awaitility in all tests of this module, because a busy machine is slow and a shorter
 * timeout gains nothing.
 */
public final class PatienceExtension implements BeforeAllCallback {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(TIMEOUT);
    }
}
