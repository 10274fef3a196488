package io.reverser.runner.process;

import java.net.ProxySelector;

/** The JVM of {@code up}, {@code bench} or {@code soak}. */
public final class SandboxJvm {

    private SandboxJvm() {}

    /**
     * Lets it call everything directly, because it only calls this machine, whatever proxy its properties name; and lets it end when
     * the calling thread fails in a way that was not foreseen, because a thread of DynamoDB Local would keep it.
     */
    public static void prepare() {
        ProxySelector.setDefault(ProxySelector.of(null));
        Thread.currentThread().setUncaughtExceptionHandler((thread, unforeseen) -> {
            unforeseen.printStackTrace();
            System.exit(1);
        });
    }
}
