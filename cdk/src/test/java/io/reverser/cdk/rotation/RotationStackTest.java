package io.reverser.cdk.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.cdk.SynthesizedApp;
import io.reverser.cdk.SynthesizedApp.Resource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RotationStackTest {

    private static final String INGRESS = "AWS::EC2::SecurityGroupIngress";

    static Stream<SynthesizedApp> environments() {
        return SynthesizedApp.all();
    }

    /** By default, CloudFormation rotates the secret when the rotation schedule is created or changed. */
    @ParameterizedTest
    @MethodSource("environments")
    void doesNotRotateOnDeployment(SynthesizedApp environment) {
        Resource schedule = environment.resource("AWS::SecretsManager::RotationSchedule");
        assertThat(schedule.at("/RotateImmediatelyOnUpdate").isBoolean()).isTrue();
        assertThat(schedule.at("/RotateImmediatelyOnUpdate").asBoolean()).isFalse();
        assertThat(schedule.at("/RotationRules").toString()).isEqualTo("{\"AutomaticallyAfterDays\":1000}");
        assertThat(schedule.at("/SecretId/Fn::ImportValue").asText()).contains(":ExportsOutputRefApplication");
    }

    /**
     * When the rotation schedule is created, Secrets Manager tests whether the function can log in to the database, so
     * the ingress rules must exist first.
     */
    @ParameterizedTest
    @MethodSource("environments")
    void opensNetworkAccessBeforeTheRotationSchedule(SynthesizedApp environment) {
        Resource schedule = environment.resource("AWS::SecretsManager::RotationSchedule");
        assertThat(schedule.dependsOn())
                .contains("ToDatabase", "ToCluster")
                .anyMatch(need -> need.startsWith("RotatorFunctionSecretsManager"));
        assertThat(function(environment).dependsOn()).anyMatch(need -> need.startsWith("RotatorRoleDefaultPolicy"));
        assertThat(environment.dependencies("rotation")).contains("cluster", "database");
        assertThat(environment.dependencies("observability")).contains("rotation");
    }

    @ParameterizedTest
    @MethodSource("environments")
    void allowsOnlySecretsManagerForThisSecret(SynthesizedApp environment) {
        Resource permission =
                environment.resource("AWS::Lambda::Permission", "/Principal", "secretsmanager.amazonaws.com");
        assertThat(permission.at("/SourceAccount").asText()).matches("\\d{12}");
        assertThat(permission.at("/SourceArn/Fn::ImportValue").asText()).contains(":ExportsOutputRefApplication");
    }

    /** The rotator runs in the private subnets, and may reach the database and any HTTPS endpoint. */
    @ParameterizedTest
    @MethodSource("environments")
    void reachesTheDatabaseAndTheCluster(SynthesizedApp environment) {
        assertThat(function(environment).at("/VpcConfig/SubnetIds").toString())
                .contains("privateSubnet1", "privateSubnet2", "privateSubnet3")
                .doesNotContain("public", "isolated");
        assertThat(environment.resources(INGRESS))
                .filteredOn(rule -> rule.stack().equals("rotation"))
                .extracting(rule -> rule.id() + " " + rule.at("/FromPort").asInt() + "-"
                        + rule.at("/ToPort").asInt())
                .containsExactlyInAnyOrder("ToDatabase 3306-3306", "ToCluster 443-443");
        Resource group = environment.resource(
                "AWS::EC2::SecurityGroup", "/GroupDescription", "Rotation of the database password");
        assertThat(SynthesizedApp.items(group.at("/SecurityGroupEgress"))
                        .map(rule -> rule.path("FromPort").asInt()))
                .containsExactlyInAnyOrder(443, 3306);
    }

    /**
     * The stacks of the cluster and the database must not refer to the rotation; otherwise the stacks would depend on
     * each other in a cycle.
     */
    @ParameterizedTest
    @MethodSource("environments")
    void addsNoDependencyToClusterAndDatabase(SynthesizedApp environment) {
        for (String stack : List.of("network", "cluster", "database")) {
            assertThat(environment.template(stack).toString()).doesNotContain("-rotation");
        }
    }

    /** The invocation one minute later is the retry; with an additional retry, two steps could run at the same time. */
    @ParameterizedTest
    @MethodSource("environments")
    void runsEveryMinuteWithoutRetries(SynthesizedApp environment) {
        Resource schedule = environment.resource("AWS::Scheduler::Schedule", "/ScheduleExpression", "rate(1 minute)");
        assertThat(schedule.at("/Target/Input").asText()).isEqualTo("{\"kind\":\"reconcile\"}");
        assertThat(schedule.at("/Target/RetryPolicy/MaximumRetryAttempts").asInt(-1))
                .isZero();
        assertThat(schedule.at("/Target/DeadLetterConfig/Arn/Fn::GetAtt/0").asText())
                .startsWith("ReconcileScheduleDeadLetterQueue");
        Resource calls = environment.resource("AWS::Lambda::EventInvokeConfig");
        assertThat(calls.at("/MaximumRetryAttempts").asInt(-1)).isZero();
        assertThat(calls.at("/DestinationConfig/OnFailure/Destination/Fn::GetAtt/0")
                        .asText())
                .startsWith("ReconcileScheduleDeadLetterQueue");
    }

    @Test
    void retainsTheTableInProduction() {
        for (SynthesizedApp environment : environments().toList()) {
            Resource table = environment.resource(
                    "AWS::DynamoDB::GlobalTable", "/TableName", environment.environment() + "-rotation");
            assertThat(table.at("/BillingMode").asText()).isEqualTo("PAY_PER_REQUEST");
            assertThat(table.at("/TimeToLiveSpecification/AttributeName").asText())
                    .isEqualTo("expires");
            assertThat(table.at("/Replicas/0/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                            .asBoolean())
                    .isTrue();
            assertThat(table.body().path("DeletionPolicy").asText())
                    .isEqualTo(environment.environment().equals("prod") ? "RetainExceptOnCreate" : "Delete");
        }
    }

    /**
     * A database reader caches accounts, so the rotation tests the login on the reader, too. Without a reader, the
     * reader endpoint leads to the writer, so the variable is not set. The database stack exports the endpoint in any
     * case: CloudFormation would refuse to delete the export while the rotation stack still imports it.
     */
    @Test
    void testsLoginOnTheReader() {
        assertThat(function(SynthesizedApp.of("prod"))
                        .at("/Environment/Variables/ROTATION_READER")
                        .toString())
                .contains("ReadEndpointAddress");
        assertThat(SynthesizedApp.all()
                        .map(environment ->
                                environment.template("database").path("Outputs").toString()))
                .allMatch(outputs -> outputs.contains("ReadEndpoint.Address"));
        assertThat(function(SynthesizedApp.of("dev"))
                        .at("/Environment/Variables/ROTATION_READER")
                        .isMissingNode())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("environments")
    void deploysPlanAndCaBundleAsLayers(SynthesizedApp environment) {
        assertThat(function(environment).at("/Layers"))
                .extracting(layer -> layer.path("Ref").asText().replaceFirst("[0-9A-F]{8}$", ""))
                .containsExactlyInAnyOrder("RotationPlan", "CaBundle");
    }

    private static Resource function(SynthesizedApp environment) {
        return Objects.requireNonNull(environment.resource(
                "AWS::Lambda::Function", "/FunctionName", environment.environment() + "-rotation-rotator"));
    }
}
