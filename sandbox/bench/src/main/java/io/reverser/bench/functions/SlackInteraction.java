package io.reverser.bench.functions;

import io.reverser.bench.host.BenchException;
import io.reverser.simulators.slack.SlackApp;

/** What somebody types, and how the answer begins. */
enum SlackInteraction {
    HELP("help", "help", "*`/cluster-access`"),
    REQUEST("request as text", "prod view 1h the basket is slow", "`r-"),
    MODAL("open the form", "", ""),
    BASELINE("check the signature", "prod view 1h the basket is slow", "signed");

    final String title;
    private final String text;
    private final String expectedPrefix;

    SlackInteraction(String title, String text, String answer) {
        this.title = title;
        this.text = text;
        this.expectedPrefix = answer;
    }

    void perform(SlackApp app) {
        String reply = app.sendSlashCommand("U0ADA", "/cluster-access", text)
                .path("text")
                .asText();
        if (!reply.startsWith(expectedPrefix) || (expectedPrefix.isEmpty() && !reply.isEmpty())) {
            throw new BenchException("Expected an answer that begins with '" + expectedPrefix + "', not: " + reply);
        }
    }
}
