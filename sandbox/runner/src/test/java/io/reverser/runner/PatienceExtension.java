package io.reverser.runner;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A long Awaitility timeout for all tests of this module: a busy machine is slow, and a passing test does not wait for
 * it.
 */
public final class PatienceExtension implements BeforeAllCallback {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(TIMEOUT);
    }
}
