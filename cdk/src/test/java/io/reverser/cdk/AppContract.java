package io.reverser.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.cdk.Synthesised.Resource;
import io.reverser.cdk.manifests.Manifests;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The app, and what it needs: who it is, its secret, its network, its ports. */
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
        contract.network();
        contract.ports();
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

    private void network() {
        JsonNode policy = sides.overlay().the("NetworkPolicy");
        clause(
                "where the load balancer is",
                sides.template("network"),
                sides.subnets("public"),
                "the NetworkPolicy",
                ranges(policy.at("/spec/ingress/0/from")));
        clause(
                "which proxies are trusted",
                sides.template("network"),
                String.join(",", sides.subnets("public")),
                "the pods",
                sides.variable("REVERSER_CALLER_TRUSTED_PROXIES"));
        clause(
                "where the database is",
                sides.template("network"),
                sides.subnets("isolated"),
                "the NetworkPolicy",
                ranges(policy.at("/spec/egress/1/to")));
        clause(
                "the bucket of access logs",
                sides.template("network"),
                sides.templates().resource("AWS::S3::Bucket").at("/BucketName").asText(),
                "the Ingress",
                Sides.found(
                        sides.overlay().annotation("Ingress", "alb.ingress.kubernetes.io/load-balancer-attributes"),
                        "s3.bucket=([^,]+)"));
    }

    private void ports() {
        JsonNode container = sides.overlay().the("Deployment").at(CONTAINER);
        String app = Sides.file("../reverser/src/main/resources/application.properties");
        JsonNode policy = sides.overlay().the("NetworkPolicy");
        String http = Sides.found(app, "(?m)^quarkus.http.port=(\\d+)");
        String management = Sides.found(app, "(?m)^quarkus.management.port=(\\d+)");
        clause(
                "the port",
                "the app",
                http,
                "the pods",
                container.at("/ports/0/containerPort").asText());
        clause(
                "the management port",
                "the app",
                management,
                "the pods",
                container.at("/ports/1/containerPort").asText());
        clause(
                "the ports of the image",
                "the app",
                http + " " + management,
                "the image",
                Sides.found(Sides.file("../reverser/Dockerfile"), "(?m)^EXPOSE (.+)"));
        clause(
                "the ports for the load balancer",
                "the app",
                List.of(http, management),
                "the NetworkPolicy",
                Manifests.items(policy.at("/spec/ingress/0/ports"))
                        .map(port -> port.path("port").asText())
                        .toList());
        clause(
                "where health is asked for",
                "the app",
                management,
                "the Ingress",
                sides.overlay().annotation("Ingress", "alb.ingress.kubernetes.io/healthcheck-port"));
        clause(
                "when the load balancer may send requests",
                "the pods",
                container.at("/readinessProbe/httpGet/path").asText(),
                "the Ingress",
                sides.overlay().annotation("Ingress", "alb.ingress.kubernetes.io/healthcheck-path"));
        String mysql = Sides.found(app, "MYSQL_PORT:(\\d+)");
        clause(
                "the database's port",
                sides.template("database"),
                sides.templates()
                        .resource("AWS::EC2::SecurityGroupIngress")
                        .at("/FromPort")
                        .asText(),
                "the app",
                mysql);
        clause(
                "the way to the database",
                "the app",
                mysql,
                "the NetworkPolicy",
                policy.at("/spec/egress/1/ports/0/port").asText());
    }

    private static List<String> ranges(JsonNode peers) {
        return Manifests.items(peers)
                .map(peer -> peer.at("/ipBlock/cidr").asText())
                .toList();
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
