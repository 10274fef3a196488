package io.reverser.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.cdk.Synthesised.Resource;
import io.reverser.cdk.manifests.Manifests;
import java.util.ArrayList;
import java.util.List;

/** What changes the database password: who it is in the cluster, and what it looks for there. */
final class RotationContract {

    private final Sides sides;
    private final Resource function;
    private final List<Clause> clauses = new ArrayList<>();

    private RotationContract(Sides sides) {
        this.sides = sides;
        this.function = sides.templates()
                .resource(
                        "AWS::Lambda::Function",
                        "/FunctionName",
                        sides.settings().name() + "-rotation");
    }

    static List<Clause> of(Sides sides) {
        var contract = new RotationContract(sides);
        contract.group();
        contract.objects();
        return contract.clauses;
    }

    private void group() {
        Resource entry = sides.templates().resources("AWS::EKS::AccessEntry").stream()
                .filter(found -> found.stack().equals("rotation"))
                .findFirst()
                .orElseThrow();
        JsonNode binding = sides.overlay().the("RoleBinding");
        clause(
                "the group that looks at pods",
                "the access entry",
                Synthesised.texts(entry.at("/KubernetesGroups")),
                "the RoleBinding",
                Manifests.items(binding.path("subjects"))
                        .map(subject -> subject.path("name").asText())
                        .toList());
        clause(
                "whose access entry it is",
                "the access entry",
                entry.at("/PrincipalArn/Fn::GetAtt/0").asText(),
                "the function",
                function.at("/Role/Fn::GetAtt/0").asText());
        clause(
                "the role of that group",
                "the RoleBinding",
                binding.at("/roleRef/name").asText(),
                "the Role",
                sides.overlay().the("Role").at("/metadata/name").asText());
        clause(
                "the cluster that it looks at",
                sides.template("rotation"),
                variable("ROTATION_CLUSTER"),
                sides.template("cluster"),
                sides.templates().resource("AWS::EKS::Cluster").at("/Name").asText());
    }

    private void objects() {
        String namespace = variable("ROTATION_NAMESPACE");
        String deployment = variable("ROTATION_DEPLOYMENT");
        String secret = variable("ROTATION_EXTERNAL_SECRET");
        clause(
                "the namespace that is looked into",
                sides.template("rotation"),
                namespace,
                sides.place(),
                sides.overlay().the("Namespace").at("/metadata/name").asText());
        clause(
                "the namespace of the Role",
                sides.template("rotation"),
                namespace,
                sides.place(),
                sides.overlay().the("Role").at("/metadata/namespace").asText());
        clause(
                "the Deployment that is watched",
                sides.template("rotation"),
                deployment,
                sides.place(),
                sides.overlay().the("Deployment").at("/metadata/name").asText());
        clause(
                "the Deployment that it may see",
                sides.template("rotation"),
                deployment,
                "the Role",
                may("deployments"));
        clause(
                "the ExternalSecret that is forced",
                sides.template("rotation"),
                secret,
                sides.place(),
                sides.overlay().the("ExternalSecret").at("/metadata/name").asText());
        clause(
                "the ExternalSecret that it may force",
                sides.template("rotation"),
                secret,
                "the Role",
                may("externalsecrets"));
    }

    private String variable(String name) {
        return function.at("/Environment/Variables/" + name).asText();
    }

    /** The names that the Role gives for a kind. */
    private String may(String kind) {
        return Manifests.items(sides.overlay().the("Role").path("rules"))
                .filter(rule -> Manifests.texts(rule.path("resources")).contains(kind))
                .flatMap(rule -> Manifests.texts(rule.path("resourceNames")).stream())
                .reduce("", String::concat);
    }

    private void clause(String about, String here, Object says, String there, Object saysThere) {
        clauses.add(new Clause(about + " in " + sides.settings().name(), here, says, there, saysThere));
    }
}
