package io.reverser.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.cdk.SynthesizedApp.Resource;
import io.reverser.cdk.manifests.Manifests;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares the values that the reverser's pods need with the CDK templates: the identity, and the keys of the database
 * secret.
 */
final class AppContract {

    private static final String CONTAINER = RenderedEnvironment.CONTAINER;

    private final RenderedEnvironment environment;
    private final List<ContractClause> clauses = new ArrayList<>();

    private AppContract(RenderedEnvironment environment) {
        this.environment = environment;
    }

    static List<ContractClause> of(RenderedEnvironment environment) {
        var contract = new AppContract(environment);
        contract.identity();
        contract.secret();
        return contract.clauses;
    }

    private void identity() {
        Resource role = environment.templates().resources("AWS::IAM::Role").stream()
                .filter(found ->
                        found.stack().equals("app") && found.at("/RoleName").isTextual())
                .findFirst()
                .orElseThrow();
        String account = environment
                .overlay()
                .only("ServiceAccount")
                .at("/metadata/name")
                .asText();
        clause(
                "the role of the service account",
                environment.templateName("app"),
                "arn:aws:iam::%s:role/%s"
                        .formatted(
                                environment.settings().account(),
                                role.at("/RoleName").asText()),
                environment.overlayPath(),
                environment.overlay().annotation("ServiceAccount", "eks.amazonaws.com/role-arn"));
        clause(
                "the service account that may assume the role",
                environment.templateName("app"),
                RenderedEnvironment.firstMatch(
                        environment.templates().template("app").toString(), "system:serviceaccount:(\\w+:\\w+)"),
                environment.overlayPath(),
                environment
                                .overlay()
                                .only("ServiceAccount")
                                .at("/metadata/namespace")
                                .asText() + ":" + account);
        clause(
                "the service account that reads the secret",
                "the pods",
                environment
                        .overlay()
                        .only("Deployment")
                        .at("/spec/template/spec/serviceAccountName")
                        .asText(),
                "the SecretStore",
                environment
                        .overlay()
                        .only("SecretStore")
                        .at("/spec/provider/aws/auth/jwt/serviceAccountRef/name")
                        .asText());
        clause(
                "the namespace",
                "the Application",
                environment
                        .argocd()
                        .at("/applications/reverser/destination/namespace")
                        .asText(),
                environment.overlayPath(),
                environment.overlay().only("Namespace").at("/metadata/name").asText());
    }

    private void secret() {
        JsonNode external = environment.overlay().only("ExternalSecret");
        Resource secret = environment
                .templates()
                .resource("AWS::SecretsManager::Secret", "/GenerateSecretString/GenerateStringKey", "MYSQL_PASSWORD");
        clause(
                "the secret in Secrets Manager",
                environment.templateName("database"),
                List.of(secret.at("/Name").asText()),
                "the ExternalSecret",
                Manifests.items(external.at("/spec/data"))
                        .map(data -> data.at("/remoteRef/key").asText())
                        .distinct()
                        .toList());
        clause(
                "the secret that the service account's role may read",
                environment.templateName("app"),
                RenderedEnvironment.firstMatch(
                        environment.templates().template("app").toString(), "secret:([\\w/]+)-\\?{6}"),
                "the ExternalSecret",
                external.at("/spec/data/0/remoteRef/key").asText());
        Set<String> keys = RenderedEnvironment.allMatches(
                secret.at("/GenerateSecretString").toString(), "(MYSQL_[A-Z]+)");
        clause(
                "the keys of the secret",
                environment.templateName("database"),
                keys,
                "the ExternalSecret",
                each(external, "/remoteRef/property"));
        clause("the variables of the pods", "the ExternalSecret", each(external, "/secretKey"), "the app", required());
        String name = external.at("/spec/target/name").asText();
        clause(
                "the secret in the cluster",
                "the ExternalSecret",
                name,
                "the pods",
                environment
                        .overlay()
                        .only("Deployment")
                        .at(CONTAINER + "/envFrom/0/secretRef/name")
                        .asText());
        clause(
                "the secret that Reloader watches",
                "the ExternalSecret",
                name,
                "the Deployment",
                environment.overlay().annotation("Deployment", "secret.reloader.stakater.com/reload"));
        clause(
                "the region of the secret",
                "the settings",
                environment.settings().region(),
                "the SecretStore",
                environment
                        .overlay()
                        .only("SecretStore")
                        .at("/spec/provider/aws/region")
                        .asText());
    }

    private static Set<String> each(JsonNode external, String pointer) {
        return Manifests.items(external.at("/spec/data"))
                .map(data -> data.at(pointer).asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The variables without a default in application.properties, and the password, which is read elsewhere in the code.
     */
    private static Set<String> required() {
        Set<String> names = RenderedEnvironment.allMatches(
                RenderedEnvironment.readFile("../reverser/src/main/resources/application.properties"),
                "\\$\\{(MYSQL_[A-Z]+)}");
        names.addAll(RenderedEnvironment.allMatches(
                RenderedEnvironment.readFile(
                        "../reverser/src/main/java/io/reverser/reverser/database/MySqlPoolFactory.java"),
                "(MYSQL_PASSWORD)"));
        return names;
    }

    private void clause(String about, String here, Object says, String there, Object saysThere) {
        clauses.add(new ContractClause(about + " in " + environment.settings().name(), here, says, there, saysThere));
    }
}
