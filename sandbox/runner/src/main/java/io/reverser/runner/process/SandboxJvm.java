package io.reverser.runner.process;

import java.net.ProxySelector;

/** Settings of the JVM of {@code up}, {@code bench} and {@code soak}. */
public final class SandboxJvm {

    private SandboxJvm() {}

    /**
     * Ignores the JVM's proxy settings, because everything that it calls is on this machine. Exits when the calling
     * thread throws, because a non-daemon thread of DynamoDB Local would keep the JVM running.
     */
    public static void prepare() {
        ProxySelector.setDefault(ProxySelector.of(null));
        Thread.currentThread().setUncaughtExceptionHandler((thread, unforeseen) -> {
            unforeseen.printStackTrace();
            System.exit(1);
        });
    }
}
