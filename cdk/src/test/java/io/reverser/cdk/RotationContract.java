package io.reverser.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.cdk.SynthesizedApp.Resource;
import io.reverser.cdk.manifests.Manifests;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the values that the rotation function uses: its identity in the cluster, and the names of its Kubernetes
 * objects.
 */
final class RotationContract {

    private final RenderedEnvironment environment;
    private final Resource function;
    private final List<ContractClause> clauses = new ArrayList<>();

    private RotationContract(RenderedEnvironment environment) {
        this.environment = environment;
        this.function = environment
                .templates()
                .resource(
                        "AWS::Lambda::Function",
                        "/FunctionName",
                        environment.settings().name() + "-rotation-rotator");
    }

    static List<ContractClause> of(RenderedEnvironment environment) {
        var contract = new RotationContract(environment);
        contract.group();
        contract.objects();
        return contract.clauses;
    }

    private void group() {
        Resource entry = environment.templates().resources("AWS::EKS::AccessEntry").stream()
                .filter(found -> found.stack().equals("rotation"))
                .findFirst()
                .orElseThrow();
        JsonNode binding = environment.overlay().only("RoleBinding");
        clause(
                "the group with access to pods",
                "the access entry",
                SynthesizedApp.texts(entry.at("/KubernetesGroups")),
                "the RoleBinding",
                Manifests.items(binding.path("subjects"))
                        .map(subject -> subject.path("name").asText())
                        .toList());
        clause(
                "the group that the admission policy restricts",
                "the access entry",
                "'%s' in request.userInfo.groups"
                        .formatted(String.join(",", SynthesizedApp.texts(entry.at("/KubernetesGroups")))),
                "the admission policy",
                environment
                        .overlay()
                        .only("ValidatingAdmissionPolicy")
                        .at("/spec/matchConditions/0/expression")
                        .asText());
        clause(
                "the bound policy",
                "the binding",
                environment
                        .overlay()
                        .only("ValidatingAdmissionPolicyBinding")
                        .at("/spec/policyName")
                        .asText(),
                "the admission policy",
                environment
                        .overlay()
                        .only("ValidatingAdmissionPolicy")
                        .at("/metadata/name")
                        .asText());
        clause(
                "the principal of the access entry",
                "the access entry",
                entry.at("/PrincipalArn/Fn::GetAtt/0").asText(),
                "the function",
                function.at("/Role/Fn::GetAtt/0").asText());
        clause(
                "the role of the rotation group",
                "the RoleBinding",
                binding.at("/roleRef/name").asText(),
                "the Role",
                environment.overlay().only("Role").at("/metadata/name").asText());
        clause(
                "the cluster of the rotation",
                environment.templateName("rotation"),
                variable("ROTATION_CLUSTER"),
                environment.templateName("cluster"),
                environment
                        .templates()
                        .resource("AWS::EKS::Cluster")
                        .at("/Name")
                        .asText());
    }

    private void objects() {
        String namespace = variable("ROTATION_NAMESPACE");
        String deployment = variable("ROTATION_DEPLOYMENT");
        String secret = variable("ROTATION_EXTERNAL_SECRET");
        clause(
                "the namespace of the rotation",
                environment.templateName("rotation"),
                namespace,
                environment.overlayPath(),
                environment.overlay().only("Namespace").at("/metadata/name").asText());
        clause(
                "the namespace of the Role",
                environment.templateName("rotation"),
                namespace,
                environment.overlayPath(),
                environment.overlay().only("Role").at("/metadata/namespace").asText());
        clause(
                "the Deployment of the rotation",
                environment.templateName("rotation"),
                deployment,
                environment.overlayPath(),
                environment.overlay().only("Deployment").at("/metadata/name").asText());
        clause(
                "the Deployment that it may read",
                environment.templateName("rotation"),
                deployment,
                "the Role",
                allowedNames("deployments"));
        clause(
                "the ExternalSecret to sync",
                environment.templateName("rotation"),
                secret,
                environment.overlayPath(),
                environment
                        .overlay()
                        .only("ExternalSecret")
                        .at("/metadata/name")
                        .asText());
        clause(
                "the ExternalSecret that it may patch",
                environment.templateName("rotation"),
                secret,
                "the Role",
                allowedNames("externalsecrets"));
    }

    private String variable(String name) {
        return function.at("/Environment/Variables/" + name).asText();
    }

    /** The names of the objects of a kind to which the Role allows access. */
    private String allowedNames(String kind) {
        return Manifests.items(environment.overlay().only("Role").path("rules"))
                .filter(rule -> Manifests.texts(rule.path("resources")).contains(kind))
                .flatMap(rule -> Manifests.texts(rule.path("resourceNames")).stream())
                .reduce("", String::concat);
    }

    private void clause(String about, String here, Object says, String there, Object saysThere) {
        clauses.add(new ContractClause(about + " in " + environment.settings().name(), here, says, there, saysThere));
    }
}
