package io.reverser.runner.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The requests of the rotation function in the API server's audit log. */
final class AuditLog {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> requests;

    private AuditLog(List<JsonNode> requests) {
        this.requests = requests;
    }

    /** Reads the audit log, whose file a system property names. */
    static AuditLog read() {
        try (Stream<String> lines = Files.lines(Path.of(ApiServer.property("audit-log")))) {
            return new AuditLog(lines.filter(line -> line.endsWith("}"))
                    .map(AuditLog::parse)
                    .filter(event -> event.path("stage").asText().equals("ResponseComplete"))
                    .filter(event -> event.at("/user/groups")
                            .valueStream()
                            .anyMatch(group -> group.asText().equals("rotation")))
                    .toList());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * The number of the rotation function's requests by verb, object and status code, such as {@code get
     * deployments/reverser 200}.
     */
    Map<String, Long> answers() {
        return requests.stream()
                .collect(Collectors.groupingBy(AuditLog::describe, TreeMap::new, Collectors.counting()));
    }

    /** The rotation function's requests that RBAC denied. */
    List<String> denials() {
        return requests.stream()
                .filter(event -> event.path("annotations")
                        .path("authorization.k8s.io/decision")
                        .asText()
                        .equals("forbid"))
                .map(AuditLog::describe)
                .toList();
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String describe(JsonNode event) {
        JsonNode object = event.path("objectRef");
        String name = object.path("name").asText();
        return "%s %s%s %s"
                .formatted(
                        event.path("verb").asText(),
                        object.path("resource").asText(),
                        name.isEmpty() ? "" : "/" + name,
                        event.at("/responseStatus/code").asText());
    }
}
