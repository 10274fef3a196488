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

/**
 * Stores a break-glass request in the modal's metadata between the form and the second confirmation. The metadata is
 * validated like any other input.
 */
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

    /** Parses the break-glass request in the modal's metadata; empty when the metadata is not JSON. */
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
