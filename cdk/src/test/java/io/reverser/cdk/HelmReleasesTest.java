package io.reverser.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.cdk.SynthesizedApp.Resource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Helm releases, and the order in which they are installed and deleted. */
class HelmReleasesTest {

    private static final String CHART = "Custom::AWSCDK-EKS-HelmChart";

    static Stream<SynthesizedApp> environments() {
        return SynthesizedApp.all();
    }

    @ParameterizedTest
    @MethodSource("environments")
    void installsEveryChartOfTheCatalogue(SynthesizedApp environment) {
        assertThat(environment.resources(CHART))
                .extracting(release -> release.at("/Release").asText())
                .containsExactlyInAnyOrder(
                        "aws-load-balancer-controller",
                        "cluster-autoscaler",
                        "metrics-server",
                        "external-secrets",
                        "reloader",
                        "aws-for-fluent-bit",
                        "argo-cd",
                        "argocd-secrets",
                        "argocd-image-updater",
                        "argocd-apps");
        assertThat(environment.resource("AWS::EKS::Addon", "/AddonName", "amazon-cloudwatch-observability"))
                .isNotNull();
    }

    /** Lambda stops CDK's Helm function after 15 minutes, and an interrupted release stays locked. */
    @ParameterizedTest
    @MethodSource("environments")
    void installsAtomicallyWithinTenMinutes(SynthesizedApp environment) {
        Resource secrets = release(environment, "argocd-secrets");
        assertThat(environment.resources(CHART))
                .filteredOn(release -> !release.equals(secrets))
                .hasSize(9)
                .allSatisfy(release -> {
                    assertThat(release.at("/Timeout").asText()).matches("([1-9]\\d|[1-5]\\d\\d|600)s");
                    assertThat(release.at("/Atomic").asBoolean()).isTrue();
                    assertThat(release.at("/Wait").asBoolean()).isTrue();
                });
    }

    /** Helm 4 waits for ExternalSecrets: an ExternalSecret that cannot be synced would roll back its whole release. */
    @ParameterizedTest
    @MethodSource("environments")
    void doesNotWaitForExternalSecrets(SynthesizedApp environment) {
        assertThat(environment.resources(CHART))
                .filteredOn(release ->
                        release.at("/Wait").asBoolean() || release.at("/Atomic").asBoolean())
                .isNotEmpty()
                .allSatisfy(release -> assertThat(
                                SynthesizedApp.chartValues(release).toString())
                        .as(release.id())
                        .doesNotContain("external-secrets.io"));
    }

    /** Argo CD reads its secrets when it starts; on deletion, the secrets are deleted after Argo CD. */
    @ParameterizedTest
    @MethodSource("environments")
    void installsArgoCdSecretsBeforeArgoCd(SynthesizedApp environment) {
        Resource secrets = release(environment, "argocd-secrets");
        assertThat(release(environment, "argo-cd").dependsOn()).contains(secrets.id());
        assertThat(secrets.dependsOn())
                .contains(environment
                        .resource("AWS::IAM::Role", "/RoleName", environment.environment() + "-argocd-secrets")
                        .id());
    }

    /** Without nodes, no pod becomes ready, and Helm would time out. */
    @ParameterizedTest
    @MethodSource("environments")
    void installsChartsAfterNodes(SynthesizedApp environment) {
        String nodes = environment.resource("AWS::EKS::Nodegroup").stack();
        List<String> stacks = environment
                .resources()
                .filter(resource -> resource.type().equals(CHART))
                .map(Resource::stack)
                .distinct()
                .toList();
        assertThat(stacks)
                .hasSize(3)
                .allSatisfy(stack -> assertThat(environment.dependencies(stack)).contains(nodes));
        assertThat(environment.dependencies(environment
                        .resource("AWS::EKS::Addon", "/AddonName", "amazon-cloudwatch-observability")
                        .stack()))
                .contains(nodes);
    }

    /**
     * The load balancers of the load balancer controller would block the deletion of the VPC, so the controller is
     * installed first and deleted last. Only metrics-server, which has no load balancer, is installed before it.
     */
    @ParameterizedTest
    @MethodSource("environments")
    void deletesTheLoadBalancerControllerLast(SynthesizedApp environment) {
        Resource balancers = release(environment, "aws-load-balancer-controller");
        assertThat(environment.resources(CHART))
                .filteredOn(chart -> chart.stack().equals("addons")
                        && !chart.equals(balancers)
                        && !chart.at("/Release").asText().equals("metrics-server"))
                .hasSize(4)
                .allSatisfy(chart -> assertThat(chart.dependsOn()).contains(balancers.id()));
        assertThat(environment.dependencies("argocd")).contains("addons");
        assertThat(environment.dependencies("app")).contains("argocd", "database");
    }

    /** The deletion of an Application deletes its load balancer, and Helm waits until the Application is deleted. */
    @Test
    void deletesTheAppBeforeTheLoadBalancerController() {
        JsonNode values = SynthesizedApp.of("prod").chartValues("argocd-apps");
        for (String kind : List.of("applications", "projects")) {
            assertThat(SynthesizedApp.texts(values.path(kind).path("reverser").path("finalizers")))
                    .containsExactly("resources-finalizer.argocd.argoproj.io");
        }
    }

    /**
     * Pod Identity adds credentials only when a pod is created, so the Pod Identity association must exist before the
     * pod.
     */
    @ParameterizedTest
    @MethodSource("environments")
    void grantsPermissionsBeforeControllersStart(SynthesizedApp environment) {
        environment
                .resources("AWS::EKS::PodIdentityAssociation")
                .forEach(identity -> assertThat(
                                installationWith(identity, environment).dependsOn())
                        .as(identity.id())
                        .contains(identity.id()));
    }

    /**
     * An association takes effect some seconds after it is created. Between each association and the pods that need it,
     * another chart is installed, whose pods need at least 30 seconds to become ready.
     */
    @ParameterizedTest
    @MethodSource("environments")
    void waitsForPermissionsToTakeEffect(SynthesizedApp environment) {
        environment.resources("AWS::EKS::PodIdentityAssociation").forEach(identity -> {
            List<String> before = installationWith(identity, environment).dependsOn();
            assertThat(Stream.of("metrics-server", "argo-cd").map(name -> release(environment, name)))
                    .filteredOn(chart -> before.contains(chart.id()))
                    .as(identity.id())
                    .singleElement()
                    .satisfies(chart -> {
                        assertThat(chart.dependsOn()).contains(identity.id());
                        assertThat(chart.at("/Wait").asBoolean()).isTrue();
                    });
        });
        assertThat(environment
                        .chartValues("metrics-server")
                        .at("/readinessProbe/initialDelaySeconds")
                        .asInt())
                .isGreaterThanOrEqualTo(30);
    }

    @ParameterizedTest
    @MethodSource("environments")
    void documentsTheServiceAccountsWithPermissions(SynthesizedApp environment) {
        String page = RenderedEnvironment.readFile("../docs/operations.md");
        assertThat(environment.resources("AWS::EKS::PodIdentityAssociation"))
                .hasSize(5)
                .allSatisfy(identity -> assertThat(page)
                        .contains("\"" + identity.at("/ServiceAccount").asText() + "\""));
    }

    /** The chart or add-on that creates the pods of an association. */
    private static Resource installationWith(Resource identity, SynthesizedApp environment) {
        String account = identity.at("/ServiceAccount").asText();
        return account.equals("cloudwatch-agent")
                ? environment.resource("AWS::EKS::Addon", "/AddonName", "amazon-cloudwatch-observability")
                : release(environment, account);
    }

    /**
     * The load balancer controller's webhook would reject every Service until the controller runs. Pods cannot read the
     * region and the VPC from the instance metadata service.
     */
    @Test
    void configuresTheLoadBalancerControllerExplicitly() {
        JsonNode values = SynthesizedApp.of("dev").chartValues("aws-load-balancer-controller");
        assertThat(values.path("enableServiceMutatorWebhook").asText()).isEqualTo("false");
        assertThat(values.path("region").asText()).isEqualTo("eu-central-1");
        assertThat(values.path("clusterName").asText()).isEqualTo("dev");
        assertThat(values.path("vpcId").asText()).isEqualTo("reference");
    }

    @Test
    void runsAutoscalerOfTheClusterVersion() {
        String version = SynthesizedApp.of("dev")
                .resource("AWS::EKS::Cluster")
                .at("/Version")
                .asText();
        assertThat(SynthesizedApp.of("dev")
                        .chartValues("cluster-autoscaler")
                        .at("/image/tag")
                        .asText())
                .startsWith("v" + version + ".");
    }

    @Test
    void servesOnlyExternalSecretsV1() {
        assertThat(SynthesizedApp.of("dev")
                        .chartValues("external-secrets")
                        .at("/crds/unsafeServeV1Beta1")
                        .asBoolean(true))
                .isFalse();
    }

    /**
     * The API server calls External Secrets' webhook for every change of an ExternalSecret, and rejects the change if
     * the webhook does not answer.
     */
    @Test
    void keepsTheExternalSecretsWebhookWhileANodeFails() {
        JsonNode values = SynthesizedApp.of("dev").chartValues("external-secrets");
        for (JsonNode part : List.of(values, values.path("webhook"))) {
            assertThat(part.path("replicaCount").asInt()).isEqualTo(2);
            assertThat(part.at("/podDisruptionBudget/enabled").asBoolean()).isTrue();
        }
    }

    @Test
    void readsArgoCdsSecretsFromSecretsManager() {
        List<JsonNode> secrets = SynthesizedApp.items(
                        SynthesizedApp.of("dev").chartValues("argocd-secrets").path("itemTemplates"))
                .map(item -> item.path("template"))
                .filter(object -> object.path("kind").asText().equals("ExternalSecret"))
                .toList();
        assertThat(secrets).hasSize(2).allSatisfy(secret -> {
            assertThat(secret.path("apiVersion").asText()).isEqualTo("external-secrets.io/v1");
            assertThat(secret.at("/spec/secretStoreRef/name").asText()).isEqualTo("platform");
        });
        assertThat(secrets)
                .extracting(secret -> secret.at("/spec/target/name").asText())
                .containsExactly("argocd-notifications-secret", "repository");
    }

    /** Argo CD posts each problem to Slack once when it starts, and once when it is resolved. */
    @Test
    void notifiesSlackOncePerProblemAndWhenResolved() {
        JsonNode notifications = SynthesizedApp.of("dev").chartValues("argo-cd").path("notifications");
        List<String> subscribed = SynthesizedApp.texts(notifications.at("/subscriptions/0/triggers"));
        assertThat(subscribed).contains("on-degraded", "on-missing", "on-out-of-sync", "on-healthy");
        assertThat(subscribed)
                .allSatisfy(trigger -> assertThat(
                                notifications.at("/triggers/trigger." + trigger).asText())
                        .contains("oncePer:"));
        String templates = notifications.path("templates").properties().stream()
                .map(template -> template.getKey())
                .collect(Collectors.joining(" "));
        assertThat(notifications.path("triggers").properties())
                .allSatisfy(trigger -> assertThat(templates)
                        .contains(
                                "template." + trigger.getValue().asText().replaceAll("(?s).*send: \\[(.*)].*", "$1")));
        assertThat(notifications.at("/secret/create").asBoolean(true)).isFalse();
        assertThat(notifications.at("/subscriptions/0/recipients/0").asText()).isEqualTo("slack:platform-dev");
    }

    /** The HPA, Reloader and the rotation write fields that Git does not contain, so Argo CD does not compare or apply
     * them. With RespectIgnoreDifferences, Argo CD would apply the values that it read before the sync, and would own
     * these fields.
     */
    @Test
    void ignoresFieldsOfOtherControllers() {
        JsonNode app = SynthesizedApp.of("dev").chartValues("argocd-apps").at("/applications/reverser");
        assertThat(SynthesizedApp.texts(app.at("/syncPolicy/syncOptions")))
                .contains("ServerSideApply=true")
                .noneMatch(option -> option.startsWith("RespectIgnoreDifferences"));
        assertThat(app.has("ignoreDifferences")).isFalse();
        assertThat(SynthesizedApp.of("dev")
                        .chartValues("reloader")
                        .at("/reloader/reloadStrategy")
                        .asText())
                .isEqualTo("annotations");
    }

    /**
     * A log group that Fluent Bit creates has no retention period, and Fluent Bit's old CloudWatch plug-in does not
     * support Pod Identity.
     */
    @Test
    void writesPodLogsToExistingGroup() {
        JsonNode logs = SynthesizedApp.of("dev").chartValues("aws-for-fluent-bit");
        assertThat(logs.at("/cloudWatchLogs/autoCreateGroup").asBoolean(true)).isFalse();
        assertThat(logs.has("cloudWatch")).isFalse();
        assertThat(SynthesizedApp.of("dev")
                        .resource(
                                "AWS::Logs::LogGroup",
                                "/LogGroupName",
                                logs.at("/cloudWatchLogs/logGroupName").asText())
                        .stack())
                .isEqualTo("addons");
    }

    private static Resource release(SynthesizedApp environment, String name) {
        return environment.resource(CHART, "/Release", name);
    }
}
