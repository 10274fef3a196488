package io.reverser.simulators.aws.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.simulators.aws.api.AwsRequest;
import io.reverser.simulators.aws.api.IamRequest;
import io.reverser.simulators.aws.api.SimulatedApi;
import io.reverser.simulators.aws.dynamodb.DynamoDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IamRequestLogTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADA = "arn:aws:iam::111122223333:role/people/ada";

    private final AwsEndpoint aws = AwsEndpoint.start();

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void writesEachDistinctRequestOnce(@TempDir Path folder) throws IOException {
        var log = new IamRequestLog(folder);
        List<IamRequest> requests = List.of(IamRequest.of("sqs:SendMessage", "arn:aws:sqs:eu-central-1:111122223333:q")
                .with("aws:TagKeys", List.of("a", "b"))
                .with("aws:RequestTag/absent", List.of()));
        log.record("notifier", requests, "FooTest");
        log.record("notifier", requests, "FooTest");
        log.record("notifier", requests, "BarTest");
        try (var files = Files.list(folder)) {
            assertThat(files.toList())
                    .singleElement()
                    .satisfies(file -> assertThat(Files.readAllLines(file))
                            .hasSize(2)
                            .first()
                            .isEqualTo("{\"caller\":\"notifier\",\"action\":\"sqs:SendMessage\","
                                    + "\"resource\":\"arn:aws:sqs:eu-central-1:111122223333:q\","
                                    + "\"context\":{\"aws:TagKeys\":[\"a\",\"b\"]},\"test\":\"FooTest\"}"));
        }
    }

    @Test
    void namesTheTestThatStartedTheEndpoint() {
        assertThat(IamRequestLog.currentTest()).isEqualTo(IamRequestLogTest.class.getName());
    }

    @Test
    void creationOfATaggedEntryAlsoNeedsThePermissionToTagIt() {
        assertThat(aws.eks()
                        .iamRequests(request(
                                "CreateAccessEntry", List.of("clusters", "dev", "access-entries"), """
                        {"principalArn": "%s", "tags": {"managed": "v1"}}""".formatted(ADA))))
                .satisfiesExactly(
                        creation -> {
                            assertThat(creation.action()).isEqualTo("eks:CreateAccessEntry");
                            assertThat(creation.resource())
                                    .isEqualTo("arn:aws:eks:eu-central-1:111122223333:cluster/dev");
                            assertThat(creation.context())
                                    .containsEntry("aws:RequestTag/managed", List.of("v1"))
                                    .containsEntry("eks:accessEntryType", List.of("STANDARD"))
                                    .containsEntry("eks:principalArn", List.of(ADA))
                                    .doesNotContainKey("eks:kubernetesGroups");
                        },
                        tagging -> {
                            assertThat(tagging.action()).isEqualTo("eks:TagResource");
                            assertThat(tagging.resource()).contains(":access-entry/dev/role/111122223333/ada/");
                            assertThat(tagging.context()).containsEntry("aws:RequestTag/managed", List.of("v1"));
                        });
    }

    @Test
    void conditionKeysOfAnEntryAreItsTagsBeforeTheCall() {
        aws.eks().createCluster("dev", "API");
        var entry = aws.eks().createEntry("dev", ADA, Map.of("managed", "v1"));
        assertThat(aws.eks().iamRequests(request("TagResource", List.of("tags", entry.arn()), """
                        {"tags": {"managed": "v2"}}""")))
                .singleElement()
                .satisfies(tagging -> assertThat(tagging.context())
                        .containsEntry("aws:ResourceTag/managed", List.of("v1"))
                        .containsEntry("aws:RequestTag/managed", List.of("v2")));
    }

    @Test
    void transactionNeedsThePermissionOfEachItem() {
        try (var dynamoDb = new DynamoDb()) {
            assertThat(actions(dynamoDb, "TransactWriteItems", """
                            {"TransactItems": [{"Put": {"TableName": "t"}}, {"ConditionCheck": {"TableName": "t"}}]}"""))
                    .containsExactly("dynamodb:PutItem", "dynamodb:ConditionCheckItem");
        }
    }

    @Test
    void scheduleNeedsThePermissionToPassItsRole() {
        assertThat(aws.scheduler().iamRequests(request("CreateSchedule", List.of("schedules", "one"), """
                        {"GroupName": "g", "Target": {"RoleArn": "arn:aws:iam::111122223333:role/r"}}""")))
                .extracting(IamRequest::action, IamRequest::resource)
                .containsExactly(
                        tuple("scheduler:CreateSchedule", "arn:aws:scheduler:eu-central-1:111122223333:schedule/g/one"),
                        tuple("iam:PassRole", "arn:aws:iam::111122223333:role/r"));
    }

    @Test
    void rotationNeedsThePermissionToInvokeTheFunction() {
        aws.secretsManager().putSecret("database", "{}");
        assertThat(actions(aws.secretsManager(), "RotateSecret", """
                        {"SecretId": "database", "RotationLambdaARN": "arn:aws:lambda:eu-central-1:111122223333:function:f"}"""))
                .containsExactly("secretsmanager:RotateSecret", "lambda:InvokeFunction");
    }

    @Test
    void statementNeedsThePermissionToReadTheSecret() {
        assertThat(actions(aws.rdsData(), "ExecuteStatement", """
                        {"resourceArn": "arn:cluster", "secretArn": "arn:secret"}"""))
                .containsExactly("rds-data:ExecuteStatement", "secretsmanager:GetSecretValue");
    }

    private static List<String> actions(SimulatedApi api, String operation, String body) {
        return api.iamRequests(request(operation, List.of(), body)).stream()
                .map(IamRequest::action)
                .toList();
    }

    private static AwsRequest request(String operation, List<String> path, String body) {
        try {
            JsonNode json = JSON.readTree(body);
            return new AwsRequest(operation, path, Map.of(), json, "caller");
        } catch (IOException wrongTest) {
            throw new IllegalArgumentException(wrongTest);
        }
    }
}
