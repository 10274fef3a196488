package io.reverser.runner.browser;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Provides the browser to tests. Launches it for the first test class of this JVM that needs a browser, and closes it
 * after the last one.
 */
public final class ChromiumExtension implements BeforeAllCallback, ParameterResolver {

    /**
     * Launches the browser before JUnit resolves parameters, because after that, a missing browser could no longer skip
     * the test.
     */
    @Override
    public void beforeAll(ExtensionContext context) {
        chromium(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Chromium.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return chromium(context);
    }

    private static Chromium chromium(ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(ChromiumExtension.class))
                .getOrComputeIfAbsent(Chromium.class, one -> Chromium.launch(), Chromium.class);
    }
}
