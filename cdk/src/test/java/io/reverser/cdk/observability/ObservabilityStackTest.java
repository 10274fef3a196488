package io.reverser.cdk.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.cdk.SynthesizedApp;
import io.reverser.cdk.SynthesizedApp.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ObservabilityStackTest {

    private static final Path RUNBOOKS = Path.of("../docs/runbooks");

    /**
     * Alarms on metrics that have data only when something happens. For all other alarms, missing data is breaching.
     */
    private static final List<String> NOT_BREACHING_WHEN_MISSING = List.of(
            "access-command-errors",
            "access-granter-errors",
            "access-throttled",
            "access-overdue",
            "access-entry-tampered",
            "access-sweep-failing",
            "access-undelivered",
            "slack-api-5xx",
            "rotation-errors",
            "rotation-overdue",
            "rotation-stuck",
            "rotation-failed",
            "alarms-notifier-errors",
            "alarms-delayed",
            "alarms-undelivered");

    static Stream<SynthesizedApp> environments() {
        return SynthesizedApp.all();
    }

    static Stream<Resource> alarms() {
        return SynthesizedApp.of("dev").resources("AWS::CloudWatch::Alarm").stream();
    }

    @ParameterizedTest
    @MethodSource("alarms")
    void treatsMissingDataAsBreachingUnlessListed(Resource alarm) {
        assertThat(alarm.at("/TreatMissingData").asText())
                .isEqualTo(NOT_BREACHING_WHEN_MISSING.contains(name(alarm)) ? "notBreaching" : "breaching");
    }

    /** Alarms that treat missing data as breaching would fire before there is anything that sends data. */
    @ParameterizedTest
    @MethodSource("environments")
    void createsAlarmsAfterWhatTheyWatch(SynthesizedApp environment) {
        assertThat(environment.dependencies("observability")).contains("app", "functions", "rotation");
        assertThat(environment.dependencies("app")).contains("argocd");
        assertThat(environment.dependencies("argocd")).contains("addons");
    }

    @ParameterizedTest
    @MethodSource("alarms")
    void notifiesWhenFiringAndResolved(Resource alarm) {
        assertThat(alarm.at("/AlarmActions")).hasSize(1);
        assertThat(alarm.at("/OKActions").toString())
                .isEqualTo(alarm.at("/AlarmActions").toString());
    }

    @ParameterizedTest
    @MethodSource("alarms")
    void hasSeverityAndRunbook(Resource alarm) throws IOException {
        assertThat(tag(alarm, "severity")).isIn("critical", "warning");
        String runbook = tag(alarm, "runbook");
        String says = alarm.at("/AlarmDescription").asText().replace(". Runbook: " + runbook, "");
        assertThat(runbook).endsWith("/docs/runbooks/" + name(alarm) + ".md");
        assertThat(Files.readAllLines(RUNBOOKS.resolve(name(alarm) + ".md")))
                .startsWith("# " + says)
                .contains("## Meaning", "## Impact", "## Diagnosis", "## Mitigation");
        assertThat(Files.readAllLines(RUNBOOKS.resolve("README.md")))
                .contains("| [%1$s](%1$s.md) | %2$s | %3$s |".formatted(name(alarm), tag(alarm, "severity"), says));
    }

    @Test
    void hasARunbookForExistingAlarmsOnly() throws IOException {
        try (var files = Files.list(RUNBOOKS)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())).filter(file -> !file.equals("README.md")))
                    .containsExactlyInAnyOrderElementsOf(
                            alarms().map(alarm -> name(alarm) + ".md").toList());
        }
    }

    /** The CloudWatch agent publishes no data for a Service without pods; without FILL, the alarm could not fire. */
    @ParameterizedTest
    @MethodSource("environments")
    void firesWithoutRunningPods(SynthesizedApp environment) {
        Resource alarm = environment.resource(
                "AWS::CloudWatch::Alarm", "/AlarmName", environment.environment() + "-reverser-no-pods");
        assertThat(alarm.at("/Metrics").toString()).contains("FILL(pods, 0)", "service_number_of_running_pods");
        assertThat(alarm.at("/Threshold").asInt()).isZero();
    }

    /** The alarm's threshold is the setting rotation.max_age, and the metric has the environment as its dimension. */
    @ParameterizedTest
    @MethodSource("environments")
    void usesMaxAgeOfTheRotationPlan(SynthesizedApp environment) {
        Resource overdue = environment.resource(
                "AWS::CloudWatch::Alarm", "/AlarmName", environment.environment() + "-rotation-overdue");
        assertThat(overdue.at("/Threshold").asInt()).isEqualTo(40);
        assertThat(overdue.at("/ComparisonOperator").asText()).isEqualTo("GreaterThanThreshold");
        assertThat(overdue.at("/Dimensions").toString())
                .isEqualTo("[{\"Name\":\"Environment\",\"Value\":\"%s\"}]".formatted(environment.environment()));
    }

    @Test
    void notifiesEncryptedTopics() {
        SynthesizedApp dev = SynthesizedApp.of("dev");
        List<String> keys =
                dev.resources("AWS::KMS::Key").stream().map(Resource::id).toList();
        assertThat(dev.resources("AWS::SNS::Topic"))
                .hasSize(2)
                .allSatisfy(topic -> assertThat(
                                topic.at("/KmsMasterKeyId/Fn::GetAtt/0").asText())
                        .isIn(keys));
    }

    /** Notifications of alarms about the Slack pipeline must not depend on this pipeline. */
    @ParameterizedTest
    @MethodSource("alarms")
    void sendsPipelineAlarmsByEmail(Resource alarm) {
        SynthesizedApp dev = SynthesizedApp.of("dev");
        String name = name(alarm).startsWith("alarms-") ? "dev-alarms-email" : "dev-alarms";
        assertThat(alarm.at("/AlarmActions/0/Ref").asText())
                .isEqualTo(dev.resource("AWS::SNS::Topic", "/TopicName", name).id());
        Resource mail = dev.resource("AWS::SNS::Subscription", "/Protocol", "email");
        assertThat(mail.at("/Endpoint").asText()).isEqualTo("on-call@example.com");
        assertThat(mail.at("/TopicArn/Ref").asText())
                .isEqualTo(dev.resource("AWS::SNS::Topic", "/TopicName", "dev-alarms-email")
                        .id());
    }

    @ParameterizedTest
    @MethodSource("environments")
    void showsAllMetricsOnTheDashboard(SynthesizedApp environment) {
        String page = environment
                .resource("AWS::CloudWatch::Dashboard")
                .at("/DashboardBody")
                .toString();
        assertThat(page)
                .contains(
                        "cluster_failed_node_count",
                        "cluster_node_count",
                        "namespace_number_of_running_pods",
                        "node_number_of_running_pods",
                        "node_cpu_utilization",
                        "node_memory_utilization",
                        "node_filesystem_utilization",
                        "pod_number_of_container_restarts",
                        "service_number_of_running_pods",
                        "DBLoad",
                        "CommitThroughput");
        assertThat(page.split("Fn::GetAtt|:alarm:", -1)).hasSizeGreaterThan(20);
    }

    private static String name(Resource alarm) {
        return alarm.at("/AlarmName").asText().replaceFirst("^dev-", "");
    }

    private static String tag(Resource alarm, String key) {
        return SynthesizedApp.items(alarm.at("/Tags"))
                .filter(tag -> tag.path("Key").asText().equals(key))
                .map(tag -> tag.path("Value").asText())
                .findFirst()
                .orElse("");
    }
}
