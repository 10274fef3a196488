package io.reverser.awssdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.simulators.aws.dynamodb.TableDefinitions;
import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import io.reverser.simulators.fault.FaultInjector.Fault;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Tests the retries of AWS SDK clients against DynamoDB Local, with fault injection. */
class AwsClientsTest {

    private static final Map<String, AttributeValue> ITEM =
            Map.of("id", AttributeValue.fromS("one"), "sk", AttributeValue.fromS("one"));

    private static AwsEndpoint aws;
    private static DynamoDbClient dynamoDb;

    @BeforeAll
    static void start() {
        aws = AwsEndpoint.start();
        aws.createTable(TableDefinitions.compositeKeyTable("items"));
        dynamoDb = new AwsClients(
                        Region.EU_CENTRAL_1,
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")),
                        Optional.of(aws.uri()))
                .build(DynamoDbClient.builder());
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    @BeforeEach
    void clear() {
        aws.faults().clear();
        aws.faults().clearCalls();
    }

    @Test
    void retriesFailedCallsTwice() {
        aws.faults().injectNext("DynamoDB.PutItem", Fault.ERROR_BEFORE_EFFECT, 2);
        dynamoDb.putItem(put -> put.tableName("items").item(ITEM));

        aws.faults().injectNext("DynamoDB.PutItem", Fault.ERROR_BEFORE_EFFECT, 3);
        assertThatThrownBy(() -> dynamoDb.putItem(put -> put.tableName("items").item(ITEM)))
                .isInstanceOf(SdkException.class);

        assertThat(aws.faults().calls()).isEqualTo(Collections.nCopies(6, "DynamoDB.PutItem"));
    }

    @Test
    void retriesTransactionsThatConflict() {
        aws.faults().rejectNext("DynamoDB.TransactWriteItems", 400, "TransactionCanceledException", 2);

        putInTransaction("attribute_exists(id) OR attribute_not_exists(id)");

        assertThat(aws.faults().calls()).isEqualTo(Collections.nCopies(3, "DynamoDB.TransactWriteItems"));
    }

    @Test
    void retriesWritesThatConflictWithATransaction() {
        aws.faults().rejectNext("DynamoDB.PutItem", 400, "TransactionConflictException", 2);

        dynamoDb.putItem(put -> put.tableName("items").item(ITEM));

        assertThat(aws.faults().calls()).isEqualTo(Collections.nCopies(3, "DynamoDB.PutItem"));
    }

    @Test
    void doesNotRetryTransactionsWhoseConditionFails() {
        assertThatThrownBy(() -> putInTransaction("attribute_exists(neverThere)"))
                .isInstanceOfSatisfying(
                        TransactionCanceledException.class,
                        cancelled -> assertThat(AwsClients.isConditionFailed(cancelled))
                                .isTrue());

        assertThat(aws.faults().calls()).containsExactly("DynamoDB.TransactWriteItems");
    }

    private static void putInTransaction(String condition) {
        var put = Put.builder()
                .tableName("items")
                .item(ITEM)
                .conditionExpression(condition)
                .build();
        dynamoDb.transactWriteItems(transaction ->
                transaction.transactItems(TransactWriteItem.builder().put(put).build()));
    }
}
