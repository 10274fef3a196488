package io.reverser.runner.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.runner.cluster.ReverserPod;
import io.reverser.runner.cluster.ReverserPods;
import io.reverser.runner.process.Ports;
import io.reverser.simulators.kubernetes.object.KubernetesTime;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs one pod as a kubelet does: starts the container with the current Secret, restarts the container when it ends,
 * runs its probes, reports its status, and stops it within the grace period.
 */
final class PodWorker implements AutoCloseable {

    private static final Duration LOOP_INTERVAL = Duration.ofMillis(100);
    private static final int MIN_RESTART_BACK_OFF_SECONDS = 10;
    private static final int MAX_RESTART_BACK_OFF_SECONDS = 300;
    private static final Duration SECRET_RETRY = Duration.ofSeconds(1);

    /**
     * A variable of the Deployment that this machine does not use: in AWS, it contains the addresses of the
     * environment's load balancer, and the load balancer on this machine has another address.
     */
    private static final String OTHER_HERE = "REVERSER_CALLER_TRUSTED_PROXIES";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ApiServer api;
    private final ReverserPods runtime;
    private final HttpClient http;
    private final String name;
    private final String uid;
    private final JsonNode spec;
    private final JsonNode container;
    private final String address;
    private final Instant admittedAt = Instant.now();
    private final CountDownLatch deletion = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().unstarted(this::run);
    private int restarts;
    private Duration restartBackOff = Duration.ZERO;
    private boolean started;
    private boolean ready;
    private Instant startedAt = Instant.EPOCH;
    private Instant readyChangedAt = admittedAt;

    private PodWorker(ApiServer api, ReverserPods runtime, HttpClient http, JsonNode pod, String address) {
        this.api = api;
        this.runtime = runtime;
        this.http = http;
        this.name = pod.at("/metadata/name").asText();
        this.uid = pod.at("/metadata/uid").asText();
        this.spec = pod.path("spec");
        this.container = pod.at("/spec/containers/0");
        this.address = address;
    }

    static PodWorker start(ApiServer api, ReverserPods runtime, HttpClient http, JsonNode pod, String address) {
        var worker = new PodWorker(api, runtime, http, pod, address);
        worker.thread.start();
        return worker;
    }

    /** Starts to stop the pod, because its object was deleted. */
    void terminate() {
        deletion.countDown();
    }

    /** Stops the work on the pod; the container keeps running. */
    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (!isDeleted(Duration.ZERO)) {
                Optional<Map<String, String>> secret = readSecret();
                if (secret.isPresent()) {
                    runContainer(environment(secret.get()));
                } else {
                    patchStatus("Pending", waiting("CreateContainerConfigError"));
                    isDeleted(SECRET_RETRY);
                }
            }
            api.deletePodNow(name, uid);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs a container of the pod. Returns when the container has ended, by itself or because the pod was deleted. */
    private void runContainer(Map<String, String> environment) throws InterruptedException {
        runtime.start(name, environment);
        ReverserPod running = runtime.find(name).orElseThrow();
        Ports ports = running.reverser().ports();
        startedAt = Instant.now();
        patchStatus("Running", running());
        if (awaitStartup(running, ports)) {
            started = true;
            probeUntilEnd(running, ports);
        }
        if (isDeleted(Duration.ZERO)) {
            end(running, ports);
        } else {
            running.kill();
            running.reverser().process().onExit().join();
            restarts++;
            setReady(false);
            started = false;
            patchStatus("Running", waiting("CrashLoopBackOff"));
            isDeleted(restartBackOff);
            restartBackOff = Duration.ofSeconds(Math.clamp(
                    2 * restartBackOff.toSeconds(), MIN_RESTART_BACK_OFF_SECONDS, MAX_RESTART_BACK_OFF_SECONDS));
        }
    }

    /**
     * Runs the startup probe until it succeeds. Returns false if the container ended or took too long, or if the pod
     * was deleted.
     */
    private boolean awaitStartup(ReverserPod running, Ports ports) throws InterruptedException {
        var probe = Probe.parse(container.path("startupProbe"));
        for (int failures = 0; failures < probe.failureThreshold(); failures++) {
            if (probe.succeeds(http, ports)) {
                return true;
            }
            if (running.isTerminated() || isDeleted(probe.period())) {
                return false;
            }
        }
        return false;
    }

    /**
     * Runs the readiness and liveness probes. Returns when the container has ended, the liveness probe has failed, or
     * the pod was deleted.
     */
    private void probeUntilEnd(ReverserPod running, Ports ports) throws InterruptedException {
        var readiness = new ProbeSchedule(Probe.parse(container.path("readinessProbe")));
        var liveness = new ProbeSchedule(Probe.parse(container.path("livenessProbe")));
        do {
            probeReadiness(readiness, ports);
            liveness.probeIfDue(http, ports);
        } while (!running.isTerminated() && !liveness.hasFailed() && !isDeleted(LOOP_INTERVAL));
    }

    private void probeReadiness(ProbeSchedule readiness, Ports ports) throws InterruptedException {
        if (readiness.probeIfDue(http, ports)) {
            boolean isReady = readiness.hasSucceeded() || (ready && !readiness.hasFailed());
            if (isReady != ready) {
                setReady(isReady);
                patchStatus("Running", running());
            }
        }
    }

    /**
     * Stops the container of a deleted pod: runs the preStop hook, sends SIGTERM and, at the end of the grace period,
     * SIGKILL. Continues the readiness probe until the container has ended.
     */
    private void end(ReverserPod running, Ports ports) throws InterruptedException {
        var readiness = new ProbeSchedule(Probe.parse(container.path("readinessProbe")));
        Instant deletedAt = Instant.now();
        Instant stopAt = deletedAt.plusSeconds(
                container.at("/lifecycle/preStop/sleep/seconds").asLong());
        Instant killAt =
                deletedAt.plusSeconds(spec.path("terminationGracePeriodSeconds").asLong());
        for (boolean stopped = false; !running.isTerminated(); ) {
            if (!stopped && !Instant.now().isBefore(stopAt)) {
                running.stop();
                stopped = true;
            }
            if (!Instant.now().isBefore(killAt)) {
                running.kill();
            }
            probeReadiness(readiness, ports);
            Thread.sleep(LOOP_INTERVAL);
        }
        setReady(false);
        started = false;
        int exitCode = running.reverser().process().onExit().join().exitValue();
        patchStatus(exitCode == 0 ? "Succeeded" : "Failed", terminated(exitCode));
    }

    private boolean isDeleted(Duration atMost) throws InterruptedException {
        return deletion.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Reads the Secret with the container's environment variables; returns nothing if the Secret does not exist yet.
     */
    private Optional<Map<String, String>> readSecret() {
        return api.find(ApiServer.CORE + "secrets/"
                        + container.at("/envFrom/0/secretRef/name").asText())
                .map(secret -> {
                    var data = new HashMap<String, String>();
                    secret.path("data")
                            .properties()
                            .forEach(entry -> data.put(
                                    entry.getKey(),
                                    new String(
                                            Base64.getDecoder()
                                                    .decode(entry.getValue().asText()),
                                            StandardCharsets.UTF_8)));
                    return data;
                });
    }

    /** Combines the variables from the Secret with those of the container, which take precedence. */
    private Map<String, String> environment(Map<String, String> secret) {
        var environment = new HashMap<>(secret);
        container
                .path("env")
                .forEach(variable -> environment.put(
                        variable.path("name").asText(), variable.path("value").asText()));
        environment.remove(OTHER_HERE);
        return environment;
    }

    private void setReady(boolean isReady) {
        readyChangedAt = isReady == ready ? readyChangedAt : Instant.now();
        ready = isReady;
    }

    private ObjectNode running() {
        ObjectNode state = JSON.objectNode();
        state.putObject("running").put("startedAt", KubernetesTime.format(startedAt));
        return state;
    }

    private static ObjectNode waiting(String reason) {
        ObjectNode state = JSON.objectNode();
        state.putObject("waiting").put("reason", reason);
        return state;
    }

    private ObjectNode terminated(int exitCode) {
        ObjectNode state = JSON.objectNode();
        state.putObject("terminated")
                .put("exitCode", exitCode)
                .put("reason", exitCode == 0 ? "Completed" : "Error")
                .put("startedAt", KubernetesTime.format(startedAt))
                .put("finishedAt", KubernetesTime.format(Instant.now()));
        return state;
    }

    /**
     * Patches the status of the pod. A strategic merge patch merges the conditions by their type, so it keeps the
     * condition that the scheduler wrote.
     */
    private void patchStatus(String phase, ObjectNode containerState) {
        ObjectNode patch = JSON.objectNode();
        patch.putObject("metadata").put("uid", uid);
        ObjectNode status = patch.putObject("status")
                .put("phase", phase)
                .put("startTime", KubernetesTime.format(admittedAt))
                .put("podIP", address);
        status.putArray("podIPs").addObject().put("ip", address);
        var conditions = status.putArray("conditions");
        for (String type : new String[] {"Initialized", "ContainersReady", "Ready"}) {
            boolean isTrue = type.equals("Initialized") || ready;
            conditions
                    .addObject()
                    .put("type", type)
                    .put("status", isTrue ? "True" : "False")
                    .put(
                            "lastTransitionTime",
                            KubernetesTime.format(type.equals("Initialized") ? admittedAt : readyChangedAt));
        }
        ObjectNode containerStatus = status.putArray("containerStatuses")
                .addObject()
                .put("name", container.path("name").asText())
                .put("image", container.path("image").asText())
                .put("imageID", "")
                .put("ready", ready)
                .put("started", started)
                .put("restartCount", restarts);
        containerStatus.set("state", containerState);
        api.patch(ApiServer.CORE + "pods/" + name + "/status", ApiServer.STRATEGIC_MERGE_PATCH, patch);
    }
}
