package io.reverser.runner.workspace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.rotation.plan.Occurrence;
import io.reverser.rotation.plan.Opening;
import io.reverser.runner.Login;
import io.reverser.runner.ReverserCluster.Pod;
import io.reverser.runner.RotatedSecret;
import io.reverser.runner.Traffic;
import java.time.Instant;
import java.util.Optional;

/** What the page shows of the database password, as JSON: fingerprints, and no password. */
final class RotationState {

    private RotationState() {}

    static void write(ObjectNode state, Parts.Rotating rotating, Instant now) {
        window(state.putObject("window"), rotating.sandbox().plan().windows().at(now));
        RotatedSecret secret = rotating.sandbox().secret();
        ObjectNode shown = state.putObject("secret")
                .put("version", secret.version())
                .put("rotated", secret.rotated().toString())
                .put("rotating", secret.isRotating());
        login(shown.putObject("current"), secret.current());
        state.put("reverser", rotating.sandbox().address().toString());
        ArrayNode pods = state.putArray("pods");
        rotating.sandbox().pods().forEach(pod -> pod(pods.addObject(), pod));
        load(state.putObject("load"), rotating.traffic());
    }

    private static void window(ObjectNode window, Opening opening) {
        switch (opening) {
            case Opening.Open(Occurrence open) ->
                window.put("state", "open").put("time", open.lastStart().toString());
            case Opening.Ending(Occurrence ending) ->
                window.put("state", "ending").put("time", ending.end().toString());
            case Opening.Closed(Optional<Occurrence> next, var _) -> {
                window.put("state", "closed");
                next.ifPresent(
                        occurrence -> window.put("time", occurrence.start().toString()));
            }
        }
    }

    private static void pod(ObjectNode row, Pod pod) {
        row.put("name", pod.name()).put("state", pod.state());
        pod.login().ifPresent(login -> login(row.putObject("login"), login));
        pod.management().ifPresent(address -> row.put("health", address + "/q/health"));
    }

    private static void login(ObjectNode shown, Login login) {
        shown.put("user", login.user()).put("fingerprint", login.fingerprint());
    }

    private static void load(ObjectNode load, Traffic traffic) {
        ArrayNode calls = load.putArray("calls");
        ArrayNode failures = load.putArray("failures");
        for (Traffic.Second second : traffic.seconds()) {
            calls.add(second.calls());
            failures.add(second.failures());
        }
        load.put("p99", traffic.p99().toMillis())
                .put("answered", traffic.answered())
                .put("failed", traffic.failed());
    }
}
