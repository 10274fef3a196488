package io.reverser.cdk.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The reverser's Ingress, in an overlay of {@code kustomize/}. */
final class ReverserIngress {

    private static final YAMLMapper YAML = new YAMLMapper();

    private ReverserIngress() {}

    /** The host name in the overlay of an environment; empty if there is no overlay, or no host in it. */
    static Optional<String> readHost(Path repository, String environment) {
        Path overlay =
                repository.resolve("kustomize/overlays").resolve(environment).resolve("kustomization.yaml");
        try {
            return YAML.readTree(overlay.toFile())
                    .path("patches")
                    .valueStream()
                    .map(patch -> patch.path("patch").asText())
                    .flatMap(ReverserIngress::operations)
                    .filter(operation -> operation.path("path").asText().equals("/spec/rules/0/host"))
                    .map(operation -> operation.path("value").asText())
                    .findFirst();
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    private static Stream<JsonNode> operations(String patch) {
        try {
            return YAML.readTree(patch).valueStream();
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
