package io.reverser.runner;

import io.reverser.simulators.kubernetes.PodRuntime.Pod;
import java.net.http.HttpClient;
import java.time.Duration;

/**
 * A running reverser as a cluster sees it: asked again and again whether it is ready, by a thread of its own. It takes two
 * probes in a row that fail to put a pod out of service, as the Deployment has it.
 */
final class ReverserPod implements Pod {

    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final int FAILURES = 2;

    private final RunningReverser reverser;
    private final Login login;
    private volatile boolean ready;
    private volatile boolean asked;

    /**
     * Not ready yet.
     *
     * @param login what its Secret said when it started
     */
    ReverserPod(RunningReverser reverser, Login login) {
        this.reverser = reverser;
        this.login = login;
    }

    RunningReverser reverser() {
        return reverser;
    }

    Login login() {
        return login;
    }

    /** Follows its readiness until it is to end. */
    void watch(HttpClient http) {
        Thread.ofVirtual().start(() -> {
            try {
                for (int failures = 0; !asked && reverser.process().isAlive(); ) {
                    boolean isGood = reverser.isReady(http);
                    failures = isGood ? 0 : failures + 1;
                    ready = isGood || (ready && failures < FAILURES);
                    Thread.sleep(BETWEEN);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public boolean isReady() {
        return ready && reverser.process().isAlive();
    }

    @Override
    public void stop() {
        asked = true;
        Thread.ofVirtual().start(reverser::stop);
    }

    @Override
    public boolean isGone() {
        return !reverser.process().isAlive();
    }

    @Override
    public void kill() {
        asked = true;
        reverser.process().destroyForcibly();
    }

    boolean endedByItself() {
        return isGone() && !asked;
    }
}
