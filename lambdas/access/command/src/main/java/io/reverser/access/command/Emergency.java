package io.reverser.access.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.access.policy.Namespaces;
import io.reverser.access.policy.Wish;
import io.reverser.settings.Durations;
import io.reverser.slack.SlackRequest.Submission;
import java.util.Optional;
import java.util.TreeSet;

/** An emergency between its two confirmations: it waits in the modal, and is not believed more than anything typed. */
final class Emergency {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Emergency() {}

    static String write(Wish wish) {
        return JSON.createObjectNode()
                .put("cluster", wish.cluster())
                .put("level", wish.level())
                .put("namespaces", String.join(",", wish.namespaces()))
                .put("duration", wish.duration().map(Durations::text).orElse(""))
                .put("reason", wish.reason())
                .put("incident", wish.incident().orElse(""))
                .toString();
    }

    /** Empty when it did not come back as it went out. */
    static Optional<Wish> read(Submission sent) {
        return json(sent.metadata()).map(kept -> wish(sent, kept));
    }

    private static Wish wish(Submission sent, JsonNode kept) {
        return new Wish(
                sent.sender().user(),
                kept.path("cluster").asText(),
                kept.path("level").asText(),
                Namespaces.parse(kept.path("namespaces").asText()).orElseGet(TreeSet::new),
                Durations.parse(kept.path("duration").asText()),
                kept.path("reason").asText(),
                Optional.of(kept.path("incident").asText()));
    }

    private static Optional<JsonNode> json(String text) {
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JsonProcessingException garbled) {
            return Optional.empty();
        }
    }
}
