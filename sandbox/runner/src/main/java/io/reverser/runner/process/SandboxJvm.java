package io.reverser.runner.process;

import java.net.ProxySelector;

/** Settings of the JVM that runs {@code up}, {@code bench} or {@code soak}. */
public final class SandboxJvm {

    private SandboxJvm() {}

    /**
     * Makes this JVM ignore its proxy settings, because all its calls stay on this machine. Also makes it exit when the
     * calling thread throws an exception; otherwise, a non-daemon thread of DynamoDB Local would keep the JVM running.
     */
    public static void prepare() {
        ProxySelector.setDefault(ProxySelector.of(null));
        Thread.currentThread().setUncaughtExceptionHandler((thread, unforeseen) -> {
            unforeseen.printStackTrace();
            System.exit(1);
        });
    }
}
