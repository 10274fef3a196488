package io.reverser.runner.process;

/** The thread that began this process. */
public final class MainThread {

    private MainThread() {}

    /**
     * Ends this process when the calling thread fails in a way that was not foreseen. DynamoDB Local leaves a thread that would
     * keep it for as long as it likes.
     */
    public static void exitOnFailure() {
        Thread.currentThread().setUncaughtExceptionHandler((thread, unforeseen) -> {
            unforeseen.printStackTrace();
            System.exit(1);
        });
    }
}
