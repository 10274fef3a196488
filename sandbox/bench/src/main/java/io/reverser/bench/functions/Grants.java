package io.reverser.bench.functions;

import io.reverser.bench.BenchFailure;
import io.reverser.runner.AccessSandbox;
import io.reverser.simulators.slack.SlackWorkspace.Posted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** From the click on Approve until the cluster has the access entry and Slack says so. */
final class Grants {

    private static final Pattern ID = Pattern.compile("r-\\w+");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final double NANOS = 1e6;

    private Grants() {}

    static Times times(Path repository, Path folder, int count) {
        try (var sandbox = AccessSandbox.start(repository, folder)) {
            sandbox.sweep();
            var times = new ArrayList<Double>();
            for (int i = 0; i <= count; i++) {
                double ms = once(sandbox);
                if (i > 0) {
                    times.add(ms);
                }
            }
            return new Times(times);
        }
    }

    private static double once(AccessSandbox sandbox) {
        var asked = ID.matcher(sandbox.app()
                .slash("U0ADA", "/cluster-access", "prod view 1h the basket is slow")
                .path("text")
                .asText());
        if (!asked.find()) {
            throw new BenchFailure("No request was made");
        }
        String id = asked.group();
        await(() -> isShown(sandbox, id, "Access requested"));
        Posted message = sandbox.workspace().messages(sandbox.approvals()).getLast();
        long clicked = System.nanoTime();
        sandbox.app().click("U0BOB", message, "approve", id);
        await(() -> isShown(sandbox, id, "Granted"));
        double ms = (System.nanoTime() - clicked) / NANOS;
        if (sandbox.aws().eks().entries().isEmpty()) {
            throw new BenchFailure("Slack says granted, and the cluster has no entry");
        }
        sandbox.app().slash("U0ADA", "/cluster-access", "revoke " + id);
        await(() -> isShown(sandbox, id, "Ended early"));
        return ms;
    }

    private static boolean isShown(AccessSandbox sandbox, String id, String text) {
        return sandbox.workspace().messages(sandbox.approvals()).stream()
                .anyMatch(message ->
                        message.blocks().contains(id) && message.blocks().contains(text));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new BenchFailure("Slack did not show it within " + PATIENCE.toSeconds() + " s");
            }
            Thread.onSpinWait();
        }
    }
}
