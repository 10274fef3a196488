package io.reverser.awssdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.awssdk.DynamoDbLeases.Acquired;
import io.reverser.awssdk.DynamoDbLeases.Busy;
import io.reverser.awssdk.DynamoDbLeases.Lease;
import io.reverser.simulators.aws.dynamodb.TableDefinitions;
import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import io.reverser.simulators.fault.FaultInjector.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Tests leases in DynamoDB Local, with a clock that the tests set forward. */
class DynamoDbLeasesTest {

    private static final Duration TTL = Duration.ofSeconds(40);
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private static AwsEndpoint aws;
    private static DynamoDbClient dynamoDb;
    private static DynamoDbLeases leases;

    private final String id = "id-" + COUNTER.incrementAndGet();
    private final AtomicInteger runs = new AtomicInteger();

    @BeforeAll
    static void start() {
        aws = AwsEndpoint.start();
        aws.createTable(TableDefinitions.compositeKeyTable("leases"));
        var clients = new AwsClients(
                Region.EU_CENTRAL_1,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")),
                Optional.of(aws.uri()));
        dynamoDb = clients.build(DynamoDbClient.builder());
        leases = new DynamoDbLeases(dynamoDb, "leases", TTL, aws.clock());
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    @AfterEach
    void clear() {
        aws.faults().clear();
    }

    @Test
    void hasOneHolderAtATime() {
        acquire();

        assertThat(leases.acquire(id)).isEqualTo(new Busy(Duration.ZERO));
        assertThat(leases.acquire(id + "-other")).isInstanceOf(Acquired.class);
    }

    @Test
    void expiresUnlessRenewed() {
        Lease lease = acquire();
        aws.clock().move(TTL.minusSeconds(1));
        leases.renew(lease);
        aws.clock().move(TTL.minusSeconds(1));
        assertThat(leases.acquire(id)).isInstanceOf(Busy.class);

        aws.clock().move(Duration.ofSeconds(2));

        assertThat(leases.acquire(id)).isInstanceOf(Acquired.class);
    }

    @Test
    void handsItsStateToTheNextHolder() {
        Lease first = acquire();
        assertThat(first.state()).isEmpty();

        leases.release(new Lease(id, first.holder(), Instant.EPOCH, Optional.of("half done")));

        assertThat(acquire().state()).contains("half done");
    }

    @Test
    void keepsItsStateWhenItsHolderCrashes() {
        Lease first = acquire();
        leases.renew(new Lease(id, first.holder(), Instant.EPOCH, Optional.of("half done")));

        aws.clock().move(TTL.plusSeconds(1));

        assertThat(acquire().state()).contains("half done");
    }

    @Test
    void isNotAcquiredBeforeItsTime() {
        Instant notBefore = aws.clock().instant().plusSeconds(10);
        leases.release(new Lease(id, acquire().holder(), notBefore, Optional.empty()));

        assertThat(leases.acquire(id))
                .isInstanceOfSatisfying(
                        Busy.class,
                        busy -> assertThat(busy.retryAfter()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10)));

        aws.clock().move(Duration.ofSeconds(11));
        assertThat(leases.acquire(id)).isInstanceOf(Acquired.class);
    }

    @Test
    void ignoresTimesThatAWrongClockWrote() {
        Instant wrong = aws.clock().instant().plus(Duration.ofDays(365));
        leases.renew(new Lease(id, acquire().holder(), wrong, Optional.empty()));
        aws.clock().move(TTL.plusSeconds(1));

        assertThat(leases.acquire(id)).isInstanceOf(Acquired.class);
    }

    @Test
    void ignoresAnExpiryThatAWrongClockWrote() {
        new DynamoDbLeases(dynamoDb, "leases", TTL, () -> aws.clock().instant().plus(Duration.ofDays(365))).acquire(id);

        assertThat(leases.acquire(id)).isInstanceOf(Acquired.class);
    }

    @Test
    void isNeitherRenewedNorReleasedAfterAnotherHolderAcquiredIt() {
        Lease lost = acquire();
        aws.clock().move(TTL.plusSeconds(1));
        acquire();

        assertThatThrownBy(() -> leases.renew(lost)).isInstanceOf(ConditionalCheckFailedException.class);
        assertThatThrownBy(() -> leases.release(lost)).isInstanceOf(ConditionalCheckFailedException.class);
        assertThat(leases.acquire(id)).isInstanceOf(Busy.class);
    }

    @Test
    void acquiresAlthoughTheResponseIsLost() {
        aws.faults().injectNext("DynamoDB.UpdateItem", Fault.DISCONNECT_AFTER_EFFECT, 1);

        assertThat(leases.acquire(id)).isInstanceOf(Acquired.class);
    }

    @Test
    void runsAnActionOnlyUnderTheLease() {
        leases.runIfAcquired(id, () -> {
            runs.incrementAndGet();
            leases.runIfAcquired(id, runs::incrementAndGet);
        });
        leases.runIfAcquired(id, runs::incrementAndGet);

        assertThat(runs).hasValue(2);
    }

    @Test
    void releasesTheLeaseOfAnActionThatFails() {
        assertThatThrownBy(() -> leases.runIfAcquired(id, () -> {
                    throw new IllegalStateException("the action failed");
                }))
                .hasMessage("the action failed");

        assertThat(leases.acquire(id)).isInstanceOf(Acquired.class);
    }

    @Test
    void completesAnActionThatOutlivesItsLease() {
        leases.runIfAcquired(id, () -> {
            aws.clock().move(TTL.plusSeconds(1));
            acquire();
        });

        assertThat(leases.acquire(id)).isInstanceOf(Busy.class);
    }

    private Lease acquire() {
        return ((Acquired) leases.acquire(id)).lease();
    }
}
