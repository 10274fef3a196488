package io.reverser.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.cdk.Synthesised.Resource;
import io.reverser.cdk.manifests.Manifests;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The app: who it is, and its secret. */
final class AppContract {

    private static final String CONTAINER = Sides.CONTAINER;

    private final Sides sides;
    private final List<Clause> clauses = new ArrayList<>();

    private AppContract(Sides sides) {
        this.sides = sides;
    }

    static List<Clause> of(Sides sides) {
        var contract = new AppContract(sides);
        contract.identity();
        contract.secret();
        return contract.clauses;
    }

    private void identity() {
        Resource role = sides.templates().resources("AWS::IAM::Role").stream()
                .filter(found ->
                        found.stack().equals("app") && found.at("/RoleName").isTextual())
                .findFirst()
                .orElseThrow();
        String account =
                sides.overlay().the("ServiceAccount").at("/metadata/name").asText();
        clause(
                "the role of the service account",
                sides.template("app"),
                "arn:aws:iam::%s:role/%s"
                        .formatted(
                                sides.settings().account(), role.at("/RoleName").asText()),
                sides.place(),
                sides.overlay().annotation("ServiceAccount", "eks.amazonaws.com/role-arn"));
        clause(
                "who may take that role",
                sides.template("app"),
                Sides.found(sides.templates().template("app").toString(), "system:serviceaccount:(\\w+:\\w+)"),
                sides.place(),
                sides.overlay().the("ServiceAccount").at("/metadata/namespace").asText() + ":" + account);
        clause(
                "the service account that reads the secret",
                "the pods",
                sides.overlay()
                        .the("Deployment")
                        .at("/spec/template/spec/serviceAccountName")
                        .asText(),
                "the SecretStore",
                sides.overlay()
                        .the("SecretStore")
                        .at("/spec/provider/aws/auth/jwt/serviceAccountRef/name")
                        .asText());
        clause(
                "the namespace",
                "the Application",
                sides.argocd()
                        .at("/applications/reverser/destination/namespace")
                        .asText(),
                sides.place(),
                sides.overlay().the("Namespace").at("/metadata/name").asText());
    }

    private void secret() {
        JsonNode external = sides.overlay().the("ExternalSecret");
        Resource secret = sides.templates()
                .resource("AWS::SecretsManager::Secret", "/GenerateSecretString/GenerateStringKey", "MYSQL_PASSWORD");
        clause(
                "the secret in Secrets Manager",
                sides.template("database"),
                List.of(secret.at("/Name").asText()),
                "the ExternalSecret",
                Manifests.items(external.at("/spec/data"))
                        .map(data -> data.at("/remoteRef/key").asText())
                        .distinct()
                        .toList());
        clause(
                "what its role may read",
                sides.template("app"),
                Sides.found(sides.templates().template("app").toString(), "secret:([\\w/]+)-\\?{6}"),
                "the ExternalSecret",
                external.at("/spec/data/0/remoteRef/key").asText());
        Set<String> keys = Sides.allFound(secret.at("/GenerateSecretString").toString(), "(MYSQL_[A-Z]+)");
        clause(
                "the keys of the secret",
                sides.template("database"),
                keys,
                "the ExternalSecret",
                each(external, "/remoteRef/property"));
        clause(
                "the variables of the pods",
                "the ExternalSecret",
                each(external, "/secretKey"),
                "the app requires",
                required());
        String name = external.at("/spec/target/name").asText();
        clause(
                "the secret in the cluster",
                "the ExternalSecret",
                name,
                "the pods",
                sides.overlay()
                        .the("Deployment")
                        .at(CONTAINER + "/envFrom/0/secretRef/name")
                        .asText());
        clause(
                "the secret that Reloader looks at",
                "the ExternalSecret",
                name,
                "the Deployment",
                sides.overlay().annotation("Deployment", "secret.reloader.stakater.com/reload"));
        clause(
                "the region of the secret",
                "the settings",
                sides.settings().region(),
                "the SecretStore",
                sides.overlay()
                        .the("SecretStore")
                        .at("/spec/provider/aws/region")
                        .asText());
    }

    private static Set<String> each(JsonNode external, String pointer) {
        return Manifests.items(external.at("/spec/data"))
                .map(data -> data.at(pointer).asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Variables without a default, and the password, which is not configuration. */
    private static Set<String> required() {
        Set<String> names = Sides.allFound(
                Sides.file("../reverser/src/main/resources/application.properties"), "\\$\\{(MYSQL_[A-Z]+)}");
        names.addAll(Sides.allFound(
                Sides.file("../reverser/src/main/java/io/reverser/reverser/visits/DatabaseConnections.java"),
                "(MYSQL_PASSWORD)"));
        return names;
    }

    private void clause(String about, String here, Object says, String there, Object saysThere) {
        clauses.add(new Clause(about + " in " + sides.settings().name(), here, says, there, saysThere));
    }
}
