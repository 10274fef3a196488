package io.reverser.access.command.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.access.policy.Namespaces;
import io.reverser.access.policy.RequestedAccess;
import io.reverser.configreader.Durations;
import io.reverser.slack.request.SlackRequest.ViewSubmission;
import java.util.Optional;
import java.util.TreeSet;

/** An emergency between its two confirmations: it waits in the modal, and is not believed more than anything typed. */
final class BreakGlassMetadata {

    private static final ObjectMapper JSON = new ObjectMapper();

    private BreakGlassMetadata() {}

    static String serialize(RequestedAccess access) {
        return JSON.createObjectNode()
                .put("cluster", access.cluster())
                .put("level", access.level())
                .put("namespaces", String.join(",", access.namespaces()))
                .put("duration", access.duration().map(Durations::format).orElse(""))
                .put("reason", access.reason())
                .put("incident", access.incident().orElse(""))
                .toString();
    }

    /** Empty when it did not come back as it went out. */
    static Optional<RequestedAccess> parse(ViewSubmission submission) {
        return parseJson(submission.privateMetadata()).map(metadata -> requestedAccess(submission, metadata));
    }

    private static RequestedAccess requestedAccess(ViewSubmission submission, JsonNode metadata) {
        return new RequestedAccess(
                submission.sender().userId(),
                metadata.path("cluster").asText(),
                metadata.path("level").asText(),
                Namespaces.parse(metadata.path("namespaces").asText()).orElseGet(TreeSet::new),
                Durations.parse(metadata.path("duration").asText()),
                metadata.path("reason").asText(),
                Optional.of(metadata.path("incident").asText()));
    }

    private static Optional<JsonNode> parseJson(String text) {
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JsonProcessingException garbled) {
            return Optional.empty();
        }
    }
}
