package io.reverser.runner.cluster;

import io.reverser.runner.process.RunningReverser;
import io.reverser.simulators.kubernetes.workload.PodRuntime.Container;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * The container of a pod: a running reverser and its readiness probe. The probe runs less often while it succeeds.
 * After two failed probes in a row, the pod is not ready, as in the Deployment.
 */
public final class ReverserPod implements Container {

    private static final Duration PROBE_INTERVAL = Duration.ofMillis(200);
    /**
     * The interval between successful probes; it limits the CPU time, because a probe takes 7 ms. The Deployment probes
     * every five seconds.
     */
    private static final Duration READY_PROBE_INTERVAL = Duration.ofSeconds(1);

    private static final int FAILURE_THRESHOLD = 2;

    private final RunningReverser reverser;
    private final ReverserCredentials credentials;
    private volatile boolean ready;
    private volatile boolean stopRequested;

    /**
     * Creates a container that is not ready yet.
     *
     * @param credentials the credentials in the pod's Secret when the container started
     */
    ReverserPod(RunningReverser reverser, ReverserCredentials credentials) {
        this.reverser = reverser;
        this.credentials = credentials;
    }

    public RunningReverser reverser() {
        return reverser;
    }

    ReverserCredentials credentials() {
        return credentials;
    }

    /** Starts to probe the readiness; stops when the pod is stopped or exits. */
    void startProbing(HttpClient http) {
        Thread.ofVirtual().start(() -> {
            try {
                for (int failures = 0; !stopRequested && reverser.process().isAlive(); ) {
                    boolean probeSucceeded = reverser.isReady(http);
                    failures = probeSucceeded ? 0 : failures + 1;
                    ready = probeSucceeded || (ready && failures < FAILURE_THRESHOLD);
                    Thread.sleep(probeSucceeded ? READY_PROBE_INTERVAL : PROBE_INTERVAL);
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
        stopRequested = true;
        Thread.ofVirtual().start(reverser::stop);
    }

    @Override
    public OptionalInt exitCode() {
        return isTerminated() ? OptionalInt.of(reverser.process().exitValue()) : OptionalInt.empty();
    }

    public boolean isTerminated() {
        return !reverser.process().isAlive();
    }

    @Override
    public void kill() {
        stopRequested = true;
        reverser.process().destroyForcibly();
    }

    boolean hasCrashed() {
        return isTerminated() && !stopRequested;
    }
}
