package io.reverser.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.cdk.SynthesizedApp.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The deployment of changed templates: what CloudFormation would refuse, replace or leave behind.
 *
 * @param before the templates that are deployed
 * @param after the templates to deploy
 * @param behaviors the update behavior of each resource type
 */
record Transition(SynthesizedApp before, SynthesizedApp after, Map<String, UpdateBehavior> behaviors) {

    /** One line for each problem. */
    List<String> problems() {
        var problems = new ArrayList<String>();
        // CloudFormation creates new resources before it deletes old ones.
        Set<List<JsonNode>> taken = before.resources()
                .map(resource -> identity(resource, Set.of()))
                .filter(identity -> !identity.isEmpty())
                .collect(Collectors.toSet());
        before.templates().forEach((stack, template) -> {
            Map<String, Resource> old = resources(before, stack);
            Map<String, Resource> current = resources(after, stack);
            Set<String> replaced = replaced(old, current);
            for (Resource resource : old.values()) {
                String name = stack + " " + resource.id();
                Resource next = current.get(resource.id());
                if (next == null) {
                    if (resource.body().path("DeletionPolicy").asText().startsWith("Retain")) {
                        problems.add("leaves behind " + name);
                    }
                } else if (replaced.contains(resource.id())) {
                    if (behavior(resource).stateful()) {
                        problems.add("replaces " + name);
                    }
                } else if (!resource.at("/GenerateSecretString").equals(next.at("/GenerateSecretString"))) {
                    problems.add("regenerates the password in " + name);
                }
            }
            current.values().stream()
                    .filter(resource -> !old.containsKey(resource.id()) || replaced.contains(resource.id()))
                    .filter(resource -> taken.contains(identity(resource, replaced)))
                    .forEach(resource -> problems.add(
                            "cannot create a resource whose name is taken: " + stack + " " + resource.id()));
            exports(template).forEach((export, value) -> {
                JsonNode next = exports(after.template(stack)).get(export);
                boolean changes = !value.equals(next) || references(value).anyMatch(replaced::contains);
                if (changes && isImported(export)) {
                    problems.add("cannot change the export in use " + export);
                }
            });
        });
        return problems;
    }

    /** The resources that are replaced because a property changes, or because they refer to a replaced resource. */
    private Set<String> replaced(Map<String, Resource> old, Map<String, Resource> current) {
        var replaced = new HashSet<String>();
        boolean grows;
        do {
            grows = replaced.addAll(old.values().stream()
                    .filter(resource -> isReplaced(resource, current.get(resource.id()), replaced))
                    .map(Resource::id)
                    .toList());
        } while (grows);
        return replaced;
    }

    private boolean isReplaced(Resource old, @Nullable Resource current, Set<String> replaced) {
        if (current == null) {
            return false;
        }
        return !old.type().equals(current.type())
                || behavior(old).createOnly().stream().anyMatch(property -> changes(old, current, property, replaced));
    }

    /** The properties that have to be unique; empty if there are none, or if they refer to a replaced resource. */
    private List<JsonNode> identity(Resource resource, Set<String> replaced) {
        List<JsonNode> values = behavior(resource).identifyingProperties(fields(resource.properties())).stream()
                .sorted()
                .map(property -> resource.properties().path(property))
                .toList();
        return values.isEmpty()
                        || values.stream().flatMap(Transition::references).anyMatch(replaced::contains)
                ? List.of()
                : Stream.concat(Stream.of(resource.body().path("Type")), values.stream())
                        .toList();
    }

    private static boolean changes(Resource old, Resource current, String property, Set<String> replaced) {
        JsonNode value = current.properties().path(property);
        return !old.properties().path(property).equals(value)
                || references(value).anyMatch(replaced::contains);
    }

    private UpdateBehavior behavior(Resource resource) {
        return behaviors.getOrDefault(resource.type(), UpdateBehavior.IN_PLACE);
    }

    private boolean isImported(String export) {
        return before.templates().values().stream()
                .anyMatch(template -> template.findValues("Fn::ImportValue").stream()
                        .anyMatch(name -> name.asText().equals(export)));
    }

    private static Map<String, Resource> resources(SynthesizedApp app, String stack) {
        return app.resources()
                .filter(resource -> resource.stack().equals(stack))
                .collect(Collectors.toMap(Resource::id, resource -> resource));
    }

    private static Map<String, JsonNode> exports(JsonNode template) {
        return template.path("Outputs")
                .valueStream()
                .filter(output -> output.has("Export"))
                .collect(
                        Collectors.toMap(output -> output.at("/Export/Name").asText(), output -> output.path("Value")));
    }

    /** The logical IDs to which a value refers. */
    private static Stream<String> references(JsonNode value) {
        return Stream.concat(
                value.findValues("Ref").stream().map(JsonNode::asText),
                value.findValues("Fn::GetAtt").stream()
                        .map(target -> target.path(0).asText()));
    }

    private static Set<String> fields(JsonNode object) {
        return object.propertyStream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }
}
