package io.reverser.cdk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * How CloudFormation updates the resources of a type, from the database in the npm package of the CDK CLI, with which
 * {@code cdk diff} predicts replacements.
 *
 * @param stateful whether resources of this type hold data
 * @param createOnly the properties whose change replaces a resource
 * @param identifier the properties that identify a resource in its account and region
 */
record UpdateBehavior(boolean stateful, Set<String> createOnly, List<String> identifier) {

    private static final Path DATABASE = Path.of("node_modules/aws-cdk/db.json.gz");

    /** Names that are not the primary identifier, but also have to be unique. */
    private static final Set<String> UNIQUE_NAMES = Set.of("Name", "QueueName", "TopicName");

    /** CloudFormation updates custom resources in place. */
    static final UpdateBehavior IN_PLACE = new UpdateBehavior(false, Set.of(), List.of());

    static Map<String, UpdateBehavior> read() {
        assumeTrue(Files.exists(DATABASE), "npm has not been run here");
        var behaviors = new HashMap<String, UpdateBehavior>();
        try (JsonParser json = new ObjectMapper().createParser(new GZIPInputStream(Files.newInputStream(DATABASE)))) {
            String field;
            do {
                field = json.nextFieldName();
            } while (!"entities".equals(field));
            json.nextToken();
            while (json.nextToken() == JsonToken.START_OBJECT) {
                JsonNode type = json.readValueAsTree();
                behaviors.put(type.path("cloudFormationType").asText(), of(type));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return behaviors;
    }

    private static UpdateBehavior of(JsonNode type) {
        Set<String> createOnly = type.path("properties")
                .propertyStream()
                .filter(property ->
                        property.getValue().path("causesReplacement").asText().equals("yes"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        // The database calls only data stores stateful; but a new EKS cluster is empty, too.
        boolean stateful = type.path("isStateful").asBoolean()
                || type.path("cloudFormationType").asText().equals("AWS::EKS::Cluster");
        return new UpdateBehavior(stateful, createOnly, SynthesizedApp.texts(type.path("primaryIdentifier")));
    }

    /** The properties in a template that together have to be unique; none if AWS generates the identifier. */
    Set<String> identifyingProperties(Collection<String> properties) {
        return properties.containsAll(identifier)
                ? Set.copyOf(identifier)
                : properties.stream().filter(UNIQUE_NAMES::contains).collect(Collectors.toSet());
    }
}
