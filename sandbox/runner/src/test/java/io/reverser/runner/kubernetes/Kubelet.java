package io.reverser.runner.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.runner.cluster.ReverserPods;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Simulates the kubelets of all nodes: each scheduled pod becomes a process of the packaged reverser. */
final class Kubelet implements AutoCloseable {

    private final ApiServer api;
    private final ReverserPods runtime;
    private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
    private final AtomicInteger addresses = new AtomicInteger();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Kubelet(ApiServer api, ReverserPods runtime) {
        this.api = api;
        this.runtime = runtime;
    }

    /** Starts or stops a pod, depending on the state of its object. */
    void onChange(JsonNode pod) {
        String uid = pod.at("/metadata/uid").asText();
        if (pod.at("/spec/nodeName").asText().isEmpty()) {
            return;
        }
        PodWorker worker = workers.computeIfAbsent(uid, any -> startWorker(pod));
        if (pod.path("metadata").hasNonNull("deletionTimestamp")) {
            worker.terminate();
        }
    }

    @Override
    public void close() {
        workers.values().forEach(PodWorker::close);
        http.shutdownNow();
    }

    private PodWorker startWorker(JsonNode pod) {
        // Nothing connects to this address: on this machine, pods differ only in their ports.
        String address = "10.0.64." + addresses.incrementAndGet();
        return PodWorker.start(api, runtime, http, pod, address);
    }
}
