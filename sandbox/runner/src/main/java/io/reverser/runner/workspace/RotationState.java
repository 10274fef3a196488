package io.reverser.runner.workspace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.rotation.plan.Occurrence;
import io.reverser.rotation.plan.WindowStatus;
import io.reverser.runner.cluster.LoadGenerator;
import io.reverser.runner.cluster.ReverserCluster.PodStatus;
import io.reverser.runner.cluster.ReverserCredentials;
import io.reverser.runner.rotation.RotatedSecret;
import java.time.Instant;
import java.util.Optional;

/** What the page shows of the database password, as JSON: fingerprints, and no password. */
final class RotationState {

    private RotationState() {}

    static void write(ObjectNode state, WorkspaceContext.RotationUnderLoad rotation, Instant now) {
        writeWindow(
                state.putObject("window"), rotation.sandbox().plan().windows().statusAt(now));
        RotatedSecret secret = rotation.sandbox().secret();
        ObjectNode shown = state.putObject("secret")
                .put("version", secret.currentVersion())
                .put("rotated", secret.fetchLastRotated().toString())
                .put("rotating", secret.isRotating());
        writeCredentials(shown.putObject("current"), secret.readCurrent());
        state.put("reverser", rotation.sandbox().reverserAddress().toString());
        ArrayNode pods = state.putArray("pods");
        rotation.sandbox().pods().forEach(pod -> writePod(pods.addObject(), pod));
        writeLoad(state.putObject("load"), rotation.loadGenerator());
    }

    private static void writeWindow(ObjectNode window, WindowStatus status) {
        switch (status) {
            case WindowStatus.Open(Occurrence open) ->
                window.put("state", "open").put("time", open.lastStart().toString());
            case WindowStatus.Closing(Occurrence closing) ->
                window.put("state", "ending").put("time", closing.end().toString());
            case WindowStatus.Closed(Optional<Occurrence> next, var _) -> {
                window.put("state", "closed");
                next.ifPresent(
                        occurrence -> window.put("time", occurrence.start().toString()));
            }
        }
    }

    private static void writePod(ObjectNode row, PodStatus pod) {
        row.put("name", pod.name()).put("state", pod.state());
        pod.credentials().ifPresent(credentials -> writeCredentials(row.putObject("login"), credentials));
        pod.managementAddress().ifPresent(address -> row.put("health", address + "/q/health"));
    }

    private static void writeCredentials(ObjectNode shown, ReverserCredentials credentials) {
        shown.put("user", credentials.user()).put("fingerprint", credentials.fingerprint());
    }

    private static void writeLoad(ObjectNode load, LoadGenerator loadGenerator) {
        ArrayNode calls = load.putArray("calls");
        ArrayNode failures = load.putArray("failures");
        for (LoadGenerator.Second second : loadGenerator.lastSeconds()) {
            calls.add(second.calls());
            failures.add(second.failures());
        }
        load.put("p99", loadGenerator.p99().toMillis())
                .put("answered", loadGenerator.succeeded())
                .put("failed", loadGenerator.failed());
    }
}
