package io.reverser.cdk.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The reverser's Ingress, in an overlay of {@code kustomize/}. */
final class ReverserIngress {

    private static final YAMLMapper YAML = new YAMLMapper();

    private ReverserIngress() {}

    /** The host name in the overlay of an environment; empty if there is no overlay, or no host in it.
     *
     * @throws IOException if the overlay, or a patch in it, is not YAML
     */
    static Optional<String> readHost(Path repository, String environment) throws IOException {
        Path overlay =
                repository.resolve("kustomize/overlays").resolve(environment).resolve("kustomization.yaml");
        if (!Files.exists(overlay)) {
            return Optional.empty();
        }
        for (JsonNode patch : YAML.readTree(overlay.toFile()).path("patches")) {
            for (JsonNode operation : YAML.readTree(patch.path("patch").asText())) {
                if (operation.path("path").asText().equals("/spec/rules/0/host")) {
                    return Optional.of(operation.path("value").asText());
                }
            }
        }
        return Optional.empty();
    }
}
