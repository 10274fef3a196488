package io.reverser.bench.functions;

import io.reverser.bench.host.BenchException;
import io.reverser.runner.functions.SimulatedBackends;
import io.reverser.simulators.aws.lambda.FunctionPackage;
import io.reverser.simulators.aws.lambda.HttpApi;
import io.reverser.simulators.aws.lambda.LambdaFunction;
import io.reverser.simulators.slack.SlackApp;
import java.util.HashMap;
import java.util.UUID;

/** A slash command, from Slack's signed request to the response. */
record SlackWorkload(SimulatedBackends backends, FunctionPackage code, Interaction interaction) implements Workload {

    /** What a user types after the slash command, and the expected start of the function's response. */
    enum Interaction {
        HELP("help", "help", "*`/cluster-access`"),
        REQUEST("request as text", "prod view 1h the basket is slow", "`r-"),
        MODAL("open the form", "", ""),
        BASELINE("check the signature", "prod view 1h the basket is slow", "signed");

        private final String title;
        private final String text;
        private final String expectedPrefix;

        Interaction(String title, String text, String answer) {
            this.title = title;
            this.text = text;
            this.expectedPrefix = answer;
        }
    }

    @Override
    public String title() {
        return code.name() + ": " + interaction.title;
    }

    /** Gives each function a new, empty request table. */
    @Override
    public LambdaFunction newFunction() {
        String table = "requests-" + UUID.randomUUID();
        backends.createRequestTable(table);
        var environment = new HashMap<>(backends.accessEnvironment(table));
        environment.put("BASELINE_SIGNING_SECRET", SimulatedBackends.SIGNING_SECRET);
        return LambdaFunction.of(code, environment);
    }

    @Override
    public Caller newCaller(LambdaFunction function) {
        HttpApi api = HttpApi.start(function);
        SlackApp app = backends.newSlackApp(api.uri());
        return new Caller() {
            @Override
            public void call() {
                type(app);
            }

            @Override
            public void close() {
                app.close();
                api.close();
            }
        };
    }

    private void type(SlackApp app) {
        String expected = interaction.expectedPrefix;
        String reply = app.sendSlashCommand("U0ADA", "/cluster-access", interaction.text)
                .path("text")
                .asText();
        if (!reply.startsWith(expected) || (expected.isEmpty() && !reply.isEmpty())) {
            throw new BenchException("Expected a response that starts with '" + expected + "', not: " + reply);
        }
    }
}
