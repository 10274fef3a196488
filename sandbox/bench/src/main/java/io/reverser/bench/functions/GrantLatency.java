package io.reverser.bench.functions;

import io.reverser.bench.host.Await;
import io.reverser.bench.host.BenchException;
import io.reverser.runner.functions.AccessSandbox;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** Measures the time from the click on Approve to the access entry in the cluster and the message in Slack. */
final class GrantLatency {

    private static final Pattern REQUEST_ID = Pattern.compile("r-\\w+");
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(20);
    private static final double NANOS_PER_MS = 1e6;

    private GrantLatency() {}

    static Latencies measure(Path repository, Path folder, int count) {
        try (var sandbox = AccessSandbox.start(repository, folder)) {
            sandbox.sweep();
            var times = new ArrayList<Double>();
            for (int i = 0; i <= count; i++) {
                double ms = measureOnce(sandbox);
                if (i > 0) {
                    times.add(ms);
                }
            }
            return new Latencies(times);
        }
    }

    private static double measureOnce(AccessSandbox sandbox) {
        var submitted = REQUEST_ID.matcher(sandbox.app()
                .sendSlashCommand("U0ADA", "/cluster-access", "prod view 1h the basket is slow")
                .path("text")
                .asText());
        if (!submitted.find()) {
            throw new BenchException("The app created no request");
        }
        String id = submitted.group();
        await(() -> isShown(sandbox, id, "Access requested"));
        WorkspaceMessage message =
                sandbox.workspace().messages(sandbox.approvalsChannel()).getLast();
        long clicked = System.nanoTime();
        sandbox.app().clickButton("U0BOB", message, "approve", id);
        await(() -> isShown(sandbox, id, "Granted"));
        double ms = (System.nanoTime() - clicked) / NANOS_PER_MS;
        if (sandbox.aws().eks().entries().isEmpty()) {
            throw new BenchException("Slack says that access was granted, but the cluster has no entry");
        }
        sandbox.app().sendSlashCommand("U0ADA", "/cluster-access", "revoke " + id);
        await(() -> isShown(sandbox, id, "Revoked"));
        return ms;
    }

    private static boolean isShown(AccessSandbox sandbox, String id, String text) {
        return sandbox.workspace().messages(sandbox.approvalsChannel()).stream()
                .anyMatch(message ->
                        message.blocks().contains(id) && message.blocks().contains(text));
    }

    private static void await(BooleanSupplier condition) {
        Await.until(condition, AWAIT_TIMEOUT, "No message in Slack within " + AWAIT_TIMEOUT.toSeconds() + " s");
    }
}
