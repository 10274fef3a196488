package io.reverser.access.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.access.policy.GrantTerms;
import io.reverser.access.policy.RequestedAccess;
import io.reverser.access.request.AuditRecord.Action;
import io.reverser.access.request.Request.Approved;
import io.reverser.access.request.Request.Pending;
import io.reverser.access.request.RequestWrite.UsageLimit;
import io.reverser.awsjsonclient.AwsCredentialsCache;
import io.reverser.awsjsonclient.AwsEnvironment;
import io.reverser.awsjsonclient.AwsJsonClient;
import io.reverser.awsjsonclient.AwsJsonException;
import io.reverser.simulators.aws.dynamodb.TableDefinitions;
import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import io.reverser.simulators.fault.FaultInjector.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests {@link RequestTable} against DynamoDB Local, with fault injection. */
class RequestTableTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456789Z");
    private static final Approval BOB = new Approval("U0BOB", NOON.plusSeconds(60));
    private static final AtomicInteger SEQUENCE = new AtomicInteger();

    private static final List<String> LOG = new CopyOnWriteArrayList<>();

    private static AwsEndpoint aws;
    private static RequestTable table;

    @BeforeAll
    static void start() {
        aws = AwsEndpoint.start();
        var environment = new AwsEnvironment(
                "eu-central-1",
                Optional.of(aws.uri()),
                Optional.of(new AwsCredentialsCache.AccessKey("access-command", "secret", Optional.empty())),
                Optional.empty());
        var api = new AwsJsonClient(environment);
        aws.createTable(TableDefinitions.requestTable("access"));
        table = new RequestTable(api, "access", InstantSource.fixed(NOON), LOG::add);
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    @AfterEach
    void clear() {
        aws.faults().clear();
    }

    /** The function logs each audit record that was stored, and none whose write failed. */
    @Test
    void logsEachStoredAuditRecord() throws JsonProcessingException {
        LOG.clear();
        Pending pending = pending();
        AuditRecord requestRecord = AuditRecord.of(
                        pending.id(), "U0ADA", AuditRecord.Action.REQUEST, AuditRecord.AuditOutcome.DONE, NOON)
                .withDetails(Map.of("reason", "quotes \" and\nlines"));
        assertThat(table.write(RequestWrite.create(pending).withAudit(requestRecord)))
                .isEqualTo(RequestWrite.WriteOutcome.WRITTEN);
        assertThat(table.write(RequestWrite.create(pending).withAudit(requestRecord)))
                .isEqualTo(RequestWrite.WriteOutcome.VERSION_CONFLICT);
        assertThat(LOG).hasSize(1).first().asString().doesNotContain("\n");
        JsonNode record = new ObjectMapper().readTree(LOG.getFirst()).path("audit");
        assertThat(record.path("subject").asText()).isEqualTo(pending.id().value());
        assertThat(record.path("action").asText()).isEqualTo("REQUEST");
        assertThat(record.path("details").path("reason").asText()).isEqualTo("quotes \" and\nlines");
    }

    @Test
    void storesARequestInEveryState() {
        Pending pending = pending();
        Approved approved = pending.approve(decision());
        Request.Granted granted = approved.grant(NOON.plusSeconds(120));
        var extension = new Extension(Duration.ofMinutes(30), "not done", NOON, List.of(BOB), Extension.State.PENDING);
        var revocation = new Request.Revocation("U0ADA", "done", NOON);
        List<Request> states = List.of(
                pending,
                pending.addApproval(BOB),
                pending.markReminded(),
                approved,
                granted,
                granted.withExtension(extension),
                granted.requestRevocation(revocation),
                pending.reject("U0BOB", "no <!channel>", NOON),
                pending.cancel(NOON),
                pending.expire(NOON),
                granted.terminate(NOON),
                granted.requestRevocation(revocation).terminate(NOON),
                approved.fail("no such cluster", NOON));
        table.write(RequestWrite.create(pending));
        VersionedRequest stored = table.find(pending.id()).orElseThrow();
        for (Request state : states) {
            assertThat(table.write(RequestWrite.update(stored, state))).isEqualTo(RequestWrite.WriteOutcome.WRITTEN);
            stored = table.find(pending.id()).orElseThrow();
            assertThat(stored.request()).isEqualTo(state);
        }
        assertThat(stored.version()).isEqualTo(states.size() + 1);
    }

    @Test
    void acceptsOneOfTwoChangesToTheSameVersion() {
        VersionedRequest stored = create(pending());
        Pending pending = (Pending) stored.request();
        assertThat(table.write(RequestWrite.update(stored, pending.approve(decision()))))
                .isEqualTo(RequestWrite.WriteOutcome.WRITTEN);
        assertThat(table.write(RequestWrite.update(stored, pending.cancel(NOON))))
                .isEqualTo(RequestWrite.WriteOutcome.VERSION_CONFLICT);
        assertThat(table.find(pending.id()).orElseThrow().request()).isInstanceOf(Approved.class);
    }

    @Test
    void acceptsOneOfManySimultaneousApprovals() throws Exception {
        VersionedRequest stored = create(pending());
        Callable<RequestWrite.WriteOutcome> approve =
                () -> table.write(RequestWrite.update(stored, ((Pending) stored.request()).approve(decision())));
        try (var approvers = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = new ArrayList<RequestWrite.WriteOutcome>();
            for (var outcome : approvers.invokeAll(Collections.nCopies(8, approve))) {
                outcomes.add(outcome.get());
            }
            assertThat(outcomes).containsOnlyOnce(RequestWrite.WriteOutcome.WRITTEN);
            assertThat(outcomes)
                    .containsOnly(RequestWrite.WriteOutcome.WRITTEN, RequestWrite.WriteOutcome.VERSION_CONFLICT);
        }
    }

    @Test
    void acceptsADeliveryOnce() {
        Pending pending = pending();
        RequestWrite requestWrite = RequestWrite.create(pending).idempotentBy("delivery-" + pending.id());
        assertThat(table.write(requestWrite)).isEqualTo(RequestWrite.WriteOutcome.WRITTEN);
        assertThat(table.write(requestWrite)).isEqualTo(RequestWrite.WriteOutcome.DUPLICATE);
        assertThat(table.write(RequestWrite.update(table.find(pending.id()).orElseThrow(), pending.cancel(NOON))
                        .idempotentBy("delivery-" + pending.id())))
                .isEqualTo(RequestWrite.WriteOutcome.DUPLICATE);
        assertThat(table.find(pending.id()).orElseThrow().request()).isEqualTo(pending);
    }

    @Test
    void writesNothingAtTheUsageLimit() {
        var usageLimit = new UsageLimit("U0ADA-view-" + SEQUENCE.incrementAndGet(), 2, 60);
        assertThat(table.write(RequestWrite.create(pending()).limitedBy(usageLimit)))
                .isEqualTo(RequestWrite.WriteOutcome.WRITTEN);
        assertThat(table.write(RequestWrite.create(pending()).limitedBy(usageLimit)))
                .isEqualTo(RequestWrite.WriteOutcome.WRITTEN);
        Pending third = pending();
        assertThat(table.write(RequestWrite.create(third).limitedBy(usageLimit)))
                .isEqualTo(RequestWrite.WriteOutcome.LIMIT_REACHED);
        assertThat(table.find(third.id())).isEmpty();
    }

    @Test
    void ordersAuditRecordsByTime() {
        VersionedRequest stored = create(pending());
        RequestId id = stored.request().id();
        AuditRecord requestRecord = AuditRecord.of(id, "U0ADA", Action.REQUEST, AuditRecord.AuditOutcome.DONE, NOON);
        AuditRecord denialRecord = AuditRecord.of(
                        id, "U0EVE", Action.APPROVE, AuditRecord.AuditOutcome.DENIED, NOON.plusNanos(1))
                .withDetails(Map.of("reason", "not an approver"));
        table.write(RequestWrite.auditOnly(denialRecord));
        table.write(RequestWrite.auditOnly(requestRecord));
        assertThat(table.listAuditRecords(id)).containsExactly(requestRecord, denialRecord);
    }

    @Test
    void listsARequestUntilItIsClosedAndPublished() {
        VersionedRequest stored = create(pending());
        RequestId id = stored.request().id();
        assertThat(openIds()).contains(id);
        table.write(RequestWrite.update(stored, ((Pending) stored.request()).cancel(NOON)));
        assertThat(openIds()).contains(id);
        VersionedRequest cancelled = table.find(id).orElseThrow();
        assertThat(table.saveSlackState(
                        cancelled,
                        new VersionedRequest.SlackState(cancelled.version(), new MessageRef("C0", "1.2"), "over")))
                .isTrue();
        assertThat(openIds()).doesNotContain(id);
        assertThat(table.find(id).orElseThrow().messageRef()).contains(new MessageRef("C0", "1.2"));
    }

    @Test
    void rejectsSlackStateOfAnOldVersion() {
        VersionedRequest stored = create(pending());
        table.write(RequestWrite.update(stored, ((Pending) stored.request()).markReminded()));
        assertThat(table.saveSlackState(
                        stored,
                        new VersionedRequest.SlackState(stored.version(), new MessageRef("C0", "1.2"), "requested")))
                .isFalse();
    }

    /** DynamoDB applies a transaction only once if it is sent again with the same client token. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {
                "ERROR_AFTER_EFFECT",
                "DISCONNECT_AFTER_EFFECT",
                "ERROR_BEFORE_EFFECT",
                "DISCONNECT_BEFORE_EFFECT",
                "THROTTLE"
            })
    void writesOnceWhateverHappensToTheResponse(Fault fault) {
        Pending pending = pending();
        aws.faults().injectNext("DynamoDB.TransactWriteItems", fault, 1);
        assertThat(table.write(RequestWrite.create(pending).idempotentBy("once-" + pending.id())))
                .isEqualTo(RequestWrite.WriteOutcome.WRITTEN);
        assertThat(table.find(pending.id()).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void namesTheCallThatFailed() {
        aws.faults().injectNext("DynamoDB.GetItem", Fault.ERROR_BEFORE_EFFECT, 9);
        assertThatThrownBy(() -> table.find(pending().id()))
                .isInstanceOf(AwsJsonException.class)
                .hasMessageContaining("GetItem: InternalServerError");
    }

    private static VersionedRequest create(Pending pending) {
        table.write(RequestWrite.create(pending));
        return table.find(pending.id()).orElseThrow();
    }

    private static List<RequestId> openIds() {
        return table.listOpen().stream().map(open -> open.request().id()).toList();
    }

    private static Pending pending() {
        var access = new RequestedAccess(
                "U0ADA",
                "prod",
                "view",
                new TreeSet<>(Set.of("shop")),
                Optional.of(Duration.ofMinutes(90)),
                "look at *that* <!channel> \uD83D\uDE80",
                Optional.empty());
        var details = new RequestDetails(
                RequestId.fromIdempotencyKey("delivery " + SEQUENCE.incrementAndGet()), access, NOON);
        return new Pending(details, List.of(), NOON.plusSeconds(3600), false);
    }

    private static ApprovalRecord decision() {
        var terms = new GrantTerms(
                "prod",
                "eu-central-1",
                "arn:aws:iam::111122223333:role/ada",
                "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
                new TreeSet<>(Set.of("shop")),
                Duration.ofMinutes(90),
                Duration.ofHours(8),
                Set.of());
        return new ApprovalRecord(ApprovalRecord.ApprovalMode.MANUAL, List.of(BOB), terms, NOON);
    }
}
