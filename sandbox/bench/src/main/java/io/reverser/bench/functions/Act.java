package io.reverser.bench.functions;

import io.reverser.bench.BenchFailure;
import io.reverser.simulators.slack.SlackApp;

/** What somebody types, and how the answer begins. */
enum Act {
    HELP("help", "help", "*`/cluster-access`"),
    REQUEST("request as text", "prod view 1h the basket is slow", "`r-"),
    MODAL("open the form", "", ""),
    PLAIN("check the signature", "prod view 1h the basket is slow", "signed");

    final String title;
    private final String text;
    private final String answer;

    Act(String title, String text, String answer) {
        this.title = title;
        this.text = text;
        this.answer = answer;
    }

    void perform(SlackApp app) {
        String said = app.slash("U0ADA", "/cluster-access", text).path("text").asText();
        if (!said.startsWith(answer) || (answer.isEmpty() && !said.isEmpty())) {
            throw new BenchFailure("Expected an answer that begins with '" + answer + "', not: " + said);
        }
    }
}
