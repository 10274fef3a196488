package io.reverser.access.policy;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Where the policy is read from. */
public final class PolicyFile {

    private PolicyFile() {}

    /**
     * The policy of an environment's settings, or of the access section alone.
     *
     * @param file {@code .json}, or YAML, whose parser is only loaded when it is needed
     * @throws InvalidPolicyException with everything that is wrong
     */
    public static Policy read(Path file) {
        try {
            JsonNode content = mapper(file).readTree(file.toFile());
            return PolicyReader.read(
                    content.has("access") ? content.path("access") : content,
                    file.getFileName().toString());
        } catch (com.fasterxml.jackson.core.JacksonException garbled) {
            throw new InvalidPolicyException(List.of(file.getFileName() + ": " + garbled.getOriginalMessage()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The policy " + file + " cannot be read", unreadable);
        }
    }

    private static ObjectMapper mapper(Path file) {
        return file.toString().endsWith(".json") ? new ObjectMapper() : Yaml.mapper();
    }

    private static final class Yaml {

        /** Rejects duplicate keys: only one of the two is meant, and it is unknown which. */
        private static ObjectMapper mapper() {
            return new YAMLMapper(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build());
        }
    }
}
