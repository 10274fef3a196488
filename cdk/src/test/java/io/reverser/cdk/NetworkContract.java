package io.reverser.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.cdk.manifests.Manifests;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Compares the values for network access to and from the reverser: subnets, proxies, ports. */
final class NetworkContract {

    private static final String CONTAINER = RenderedEnvironment.CONTAINER;

    private final RenderedEnvironment environment;
    private final List<ContractClause> clauses = new ArrayList<>();

    private NetworkContract(RenderedEnvironment environment) {
        this.environment = environment;
    }

    static List<ContractClause> of(RenderedEnvironment environment) {
        var contract = new NetworkContract(environment);
        contract.network();
        contract.ports();
        return contract.clauses;
    }

    private void network() {
        JsonNode policy = environment.overlay().only("NetworkPolicy");
        clause(
                "the subnets of the load balancer",
                environment.templateName("network"),
                environment.subnetCidrs("public"),
                "the NetworkPolicy",
                ranges(policy.at("/spec/ingress/0/from")));
        clause(
                "IPv6 for the load balancer",
                environment.templateName("network"),
                environment.templates().resources("AWS::EC2::VPCCidrBlock").isEmpty() ? "ipv4" : "dualstack",
                "the Ingress",
                environment.overlay().annotation("Ingress", "alb.ingress.kubernetes.io/ip-address-type"));
        clause(
                "the trusted proxies",
                environment.templateName("network"),
                String.join(",", environment.subnetCidrs("public")),
                "the pods",
                environment.environmentVariable("REVERSER_CALLER_TRUSTED_PROXIES"));
        clause(
                "the subnets of the database",
                environment.templateName("network"),
                environment.subnetCidrs("isolated"),
                "the NetworkPolicy",
                ranges(policy.at("/spec/egress/1/to")));
        clause(
                "the bucket of access logs",
                environment.templateName("network"),
                environment
                        .templates()
                        .resource("AWS::S3::Bucket")
                        .at("/BucketName")
                        .asText(),
                "the Ingress",
                RenderedEnvironment.firstMatch(
                        environment
                                .overlay()
                                .annotation("Ingress", "alb.ingress.kubernetes.io/load-balancer-attributes"),
                        "s3.bucket=([^,]+)"));
    }

    private void ports() {
        JsonNode container = environment.overlay().only("Deployment").at(CONTAINER);
        String app = RenderedEnvironment.readFile("../reverser/src/main/resources/application.properties");
        JsonNode policy = environment.overlay().only("NetworkPolicy");
        String http = RenderedEnvironment.firstMatch(app, "(?m)^quarkus.http.port=(\\d+)");
        String management = RenderedEnvironment.firstMatch(app, "(?m)^quarkus.management.port=(\\d+)");
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
                RenderedEnvironment.firstMatch(
                        RenderedEnvironment.readFile("../reverser/Dockerfile"), "(?m)^EXPOSE (.+)"));
        clause(
                "the ports for the load balancer",
                "the app",
                List.of(http, management),
                "the NetworkPolicy",
                Manifests.items(policy.at("/spec/ingress/0/ports"))
                        .map(port -> port.path("port").asText())
                        .toList());
        clause(
                "the port of the load balancer's health check",
                "the app",
                management,
                "the Ingress",
                environment.overlay().annotation("Ingress", "alb.ingress.kubernetes.io/healthcheck-port"));
        clause(
                "the path of the load balancer's health check",
                "the pods",
                container.at("/readinessProbe/httpGet/path").asText(),
                "the Ingress",
                environment.overlay().annotation("Ingress", "alb.ingress.kubernetes.io/healthcheck-path"));
        String mysql = RenderedEnvironment.firstMatch(app, "MYSQL_PORT:(\\d+)");
        clause(
                "the database's port",
                environment.templateName("database"),
                environment.templates().resources("AWS::EC2::SecurityGroupIngress").stream()
                        .filter(rule -> rule.stack().equals("database"))
                        .map(rule -> rule.at("/FromPort").asText())
                        .collect(Collectors.joining(",")),
                "the app",
                mysql);
        clause(
                "the port for egress to the database",
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

    private void clause(String about, String here, Object says, String there, Object saysThere) {
        clauses.add(new ContractClause(about + " in " + environment.settings().name(), here, says, there, saysThere));
    }
}
