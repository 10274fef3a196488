package io.reverser.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.cdk.SynthesizedApp.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies of the environments keep AWS's limits; AcceptedSettingsTest checks the largest accepted settings. */
class PolicyLimitsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The role that a policy of the test belongs to. */
    private static final String ROLE = "{\"Type\": \"AWS::IAM::Role\", \"Properties\": {%s}}";

    static Stream<SynthesizedApp> environments() {
        return SynthesizedApp.all();
    }

    @ParameterizedTest
    @MethodSource("environments")
    void keepsEveryLimit(SynthesizedApp environment) {
        assertThat(PolicyLimits.of(environment)).hasSizeGreaterThan(80).noneMatch(PolicyLimits::isExceeded);
    }

    /** A policy with one byte less than the limit, with exactly as many, and with one more. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            AWS::S3::BucketPolicy               | PolicyDocument           | 20480
            AWS::SQS::QueuePolicy               | PolicyDocument           | 8192
            AWS::SNS::TopicPolicy               | PolicyDocument           | 30720
            AWS::KMS::Key                       | KeyPolicy                | 32768
            AWS::SecretsManager::ResourcePolicy | ResourcePolicy           | 20480
            AWS::Logs::ResourcePolicy           | PolicyDocument           | 5120
            AWS::ECR::Repository                | RepositoryPolicyText     | 10240
            AWS::IAM::ManagedPolicy             | PolicyDocument           | 6144
            AWS::IAM::Role                      | AssumeRolePolicyDocument | 2048
            """, delimiter = '|')
    void measuresBytes(String type, String property, int max) {
        int empty = policy(0).length();
        for (int difference : List.of(-1, 0, 1)) {
            List<PolicyLimits> limits = PolicyLimits.of(List.of(resource(
                    "P",
                    "{\"Type\": \"%s\", \"Properties\": {\"%s\": %s}}"
                            .formatted(type, property, policy(max + difference - empty)))));
            assertThat(limits).anyMatch(limit -> limit.size() == max + difference && limit.max() == max);
            assertThat(limits.stream().anyMatch(PolicyLimits::isExceeded)).isEqualTo(difference > 0);
        }
    }

    /** Inline policies count together, whether they are in the role or attached to it. */
    @Test
    void addsInlinePolicies() {
        Resource role =
                resource("R", ROLE.formatted("\"Policies\": [{\"PolicyDocument\": %s}]".formatted(policy(5_000))));
        int rest = 10_240 - 2 * policy(0).length() - 5_000;
        for (int difference : List.of(-1, 0, 1)) {
            Resource attached = resource(
                    "P",
                    "{\"Type\": \"AWS::IAM::Policy\", \"Properties\": {\"Roles\": [{\"Ref\": \"R\"}], \"PolicyDocument\": %s}}"
                            .formatted(policy(rest + difference)));
            assertThat(PolicyLimits.of(List.of(role, attached)))
                    .filteredOn(limit -> limit.policy().startsWith("inline"))
                    .containsExactly(new PolicyLimits("inline policies of stack/R", 10_240 + difference, 10_240));
        }
    }

    @ParameterizedTest
    @CsvSource({"9, false", "10, false", "11, true"})
    void countsManagedPolicies(int number, boolean exceeded) {
        String arns = "\"arn\", ".repeat(number - 2) + "\"arn\"";
        Resource role = resource("R", ROLE.formatted("\"ManagedPolicyArns\": [%s]".formatted(arns)));
        Resource own = resource(
                "M", "{\"Type\": \"AWS::IAM::ManagedPolicy\", \"Properties\": {\"Roles\": [{\"Ref\": \"R\"}]}}");
        assertThat(PolicyLimits.of(List.of(role, own)).stream().anyMatch(PolicyLimits::isExceeded))
                .isEqualTo(exceeded);
    }

    @ParameterizedTest
    @CsvSource({"19, 7, false", "20, 7, false", "21, 7, true", "1, 6, false", "1, 8, true"})
    void countsStatementsAndActionsOfQueues(int statements, int actions, boolean exceeded) {
        String statement = "{\"Action\": [%s]}".formatted("\"a\", ".repeat(actions - 1) + "\"a\"");
        Resource queue = resource(
                "Q",
                "{\"Type\": \"AWS::SQS::QueuePolicy\", \"Properties\": {\"PolicyDocument\": {\"Statement\": [%s]}}}"
                        .formatted((statement + ", ").repeat(statements - 1) + statement));
        assertThat(PolicyLimits.of(List.of(queue)).stream().anyMatch(PolicyLimits::isExceeded))
                .isEqualTo(exceeded);
    }

    /** Lambda adds each permission to the policy of its function. */
    @Test
    void addsPermissionsOfFunctions() {
        int one = functionPolicy(1).size();
        int fitting = 20_480 / one;
        assertThat(functionPolicy(fitting).size()).isEqualTo(fitting * one);
        assertThat(functionPolicy(fitting).isExceeded()).isFalse();
        assertThat(functionPolicy(fitting + 1).isExceeded()).isTrue();
    }

    private static PolicyLimits functionPolicy(int permissions) {
        return PolicyLimits.of(IntStream.range(0, permissions)
                        .mapToObj(number -> resource("P" + number, """
                                {"Type": "AWS::Lambda::Permission", "Properties": {"FunctionName": "f",
                                 "Action": "lambda:InvokeFunction", "Principal": "s3.amazonaws.com", "SourceArn": {"Ref": "B"}}}"""))
                        .toList())
                .getFirst();
    }

    /** CloudFormation generates a name from the stack, the logical ID and random characters. */
    @Test
    void assumesLongReferences() {
        Resource table = resource("Table", "{\"Type\": \"AWS::DynamoDB::GlobalTable\"}");
        int tableArn = ("arn:aws:dynamodb:ap-southeast-1:111122223333:table/" + "e".repeat(23)
                        + "-stack-Table-ABCDEFGHIJKL")
                .length();
        assertThat(resolvedLength(table, "{\"Fn::GetAtt\": [\"Table\", \"Arn\"]}"))
                .isEqualTo(tableArn);
        assertThat(resolvedLength(table, "{\"Fn::GetAtt\": [\"Table\", \"StreamArn\"]}"))
                .isEqualTo(tableArn + "/stream/2026-11-30T23:59:59.999".length());
        assertThat(resolvedLength(table, "{\"Fn::ImportValue\": \"Table\"}")).isEqualTo(PolicyLimits.REFERENCE_LENGTH);
        assertThat(resolvedLength(
                        table, "{\"Fn::Join\": [\"/\", [{\"Fn::GetAtt\": [\"Table\", \"Arn\"]}, \"index\"]]}"))
                .isEqualTo(tableArn + "/index".length());
    }

    private static int resolvedLength(Resource referenced, String reference) {
        Resource policy = resource(
                "P",
                "{\"Type\": \"AWS::IAM::ManagedPolicy\", \"Properties\": {\"PolicyDocument\": {\"Resource\": %s}}}"
                        .formatted(reference));
        return PolicyLimits.of(List.of(policy, referenced)).getFirst().size()
                - policy(0).length();
    }

    /** A policy without white space, with a text of this length. */
    private static String policy(int length) {
        return "{\"Resource\":\"%s\"}".formatted("r".repeat(length));
    }

    private static Resource resource(String id, String json) {
        try {
            return new Resource("stack", id, JSON.readTree(json));
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
