package io.reverser.rotation.rotator;

import com.amazonaws.services.lambda.runtime.Context;
import java.lang.reflect.Proxy;

/** A Lambda context that the handler does not use. */
final class TestContext {

    static final Context CONTEXT = (Context) Proxy.newProxyInstance(
            TestContext.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    private TestContext() {}
}
