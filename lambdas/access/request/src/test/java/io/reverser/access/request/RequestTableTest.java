package io.reverser.access.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.access.policy.Terms;
import io.reverser.access.policy.Wish;
import io.reverser.access.request.Audit.Action;
import io.reverser.access.request.Change.Cap;
import io.reverser.access.request.Request.Approved;
import io.reverser.access.request.Request.Pending;
import io.reverser.aws.AwsApi;
import io.reverser.aws.AwsCredentials;
import io.reverser.aws.AwsFailure;
import io.reverser.aws.AwsSettings;
import io.reverser.simulators.aws.AwsEndpoint;
import io.reverser.simulators.aws.Faults.Fault;
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

/** On DynamoDB Local, through calls that can fail. */
class RequestTableTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456789Z");
    private static final Approval BOB = new Approval("U0BOB", NOON.plusSeconds(60));
    private static final AtomicInteger DELIVERIES = new AtomicInteger();

    private static final List<String> LOG = new CopyOnWriteArrayList<>();

    private static AwsEndpoint aws;
    private static RequestTable table;

    @BeforeAll
    static void start() {
        aws = AwsEndpoint.start();
        var settings = new AwsSettings(
                "eu-central-1",
                Optional.of(aws.uri()),
                Optional.of(new AwsCredentials.Key("command", "secret", Optional.empty())),
                Optional.empty());
        var api = new AwsApi(settings);
        aws.createTable(TableDefinition.of("access"));
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

    /** A line in the function's log for each record that was written, and none for what was lost. */
    @Test
    void logsAuditRecordsAsTheyAreWritten() throws JsonProcessingException {
        LOG.clear();
        Pending pending = pending();
        Audit asked = Audit.of(pending.id(), "U0ADA", Audit.Action.REQUEST, Audit.Outcome.DONE, NOON)
                .with(Map.of("reason", "quotes \" and\nlines"));
        assertThat(table.write(Change.create(pending).audited(asked))).isEqualTo(Change.Outcome.WRITTEN);
        assertThat(table.write(Change.create(pending).audited(asked))).isEqualTo(Change.Outcome.OVERTAKEN);
        assertThat(LOG).hasSize(1).first().asString().doesNotContain("\n");
        JsonNode record = new ObjectMapper().readTree(LOG.getFirst()).path("audit");
        assertThat(record.path("subject").asText()).isEqualTo(pending.id().value());
        assertThat(record.path("action").asText()).isEqualTo("REQUEST");
        assertThat(record.path("detail").path("reason").asText()).isEqualTo("quotes \" and\nlines");
    }

    @Test
    void remembersARequestInEveryState() {
        Pending pending = pending();
        Approved approved = pending.approved(decision());
        Request.Granted granted = approved.grant(NOON.plusSeconds(120));
        var extension = new Extension(Duration.ofMinutes(30), "not done", NOON, List.of(BOB), Extension.State.OPEN);
        var ending = new Request.Ending("U0ADA", "done", NOON);
        List<Request> states = List.of(
                pending,
                pending.approve(BOB),
                pending.remind(),
                approved,
                granted,
                granted.extension(extension),
                granted.end(ending),
                pending.refuse("U0BOB", "no <!channel>", NOON),
                pending.cancel(NOON),
                pending.expire(NOON),
                granted.gone(NOON),
                granted.end(ending).gone(NOON),
                approved.fail("no such cluster", NOON));
        table.write(Change.create(pending));
        Stored stored = table.find(pending.id()).orElseThrow();
        for (Request state : states) {
            assertThat(table.write(Change.of(stored, state))).isEqualTo(Change.Outcome.WRITTEN);
            stored = table.find(pending.id()).orElseThrow();
            assertThat(stored.request()).isEqualTo(state);
        }
        assertThat(stored.version()).isEqualTo(states.size() + 1);
    }

    @Test
    void takesOnlyOneOfTwoChangesToTheSameVersion() {
        Stored stored = create(pending());
        Pending pending = (Pending) stored.request();
        assertThat(table.write(Change.of(stored, pending.approved(decision())))).isEqualTo(Change.Outcome.WRITTEN);
        assertThat(table.write(Change.of(stored, pending.cancel(NOON)))).isEqualTo(Change.Outcome.OVERTAKEN);
        assertThat(table.find(pending.id()).orElseThrow().request()).isInstanceOf(Approved.class);
    }

    @Test
    void takesOneOfManyApproversAtOnce() throws Exception {
        Stored stored = create(pending());
        Callable<Change.Outcome> approve =
                () -> table.write(Change.of(stored, ((Pending) stored.request()).approved(decision())));
        try (var approvers = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = new ArrayList<Change.Outcome>();
            for (var outcome : approvers.invokeAll(Collections.nCopies(8, approve))) {
                outcomes.add(outcome.get());
            }
            assertThat(outcomes).containsOnlyOnce(Change.Outcome.WRITTEN);
            assertThat(outcomes).containsOnly(Change.Outcome.WRITTEN, Change.Outcome.OVERTAKEN);
        }
    }

    @Test
    void takesADeliveryOnce() {
        Pending pending = pending();
        Change change = Change.create(pending).once("delivery-" + pending.id());
        assertThat(table.write(change)).isEqualTo(Change.Outcome.WRITTEN);
        assertThat(table.write(change)).isEqualTo(Change.Outcome.SEEN);
        assertThat(table.write(Change.of(table.find(pending.id()).orElseThrow(), pending.cancel(NOON))
                        .once("delivery-" + pending.id())))
                .isEqualTo(Change.Outcome.SEEN);
        assertThat(table.find(pending.id()).orElseThrow().request()).isEqualTo(pending);
    }

    @Test
    void stopsAtTheCapAndWritesNothingThen() {
        var cap = new Cap("U0ADA-view-" + DELIVERIES.incrementAndGet(), 2, 60);
        assertThat(table.write(Change.create(pending()).within(cap))).isEqualTo(Change.Outcome.WRITTEN);
        assertThat(table.write(Change.create(pending()).within(cap))).isEqualTo(Change.Outcome.WRITTEN);
        Pending third = pending();
        assertThat(table.write(Change.create(third).within(cap))).isEqualTo(Change.Outcome.CAPPED);
        assertThat(table.find(third.id())).isEmpty();
    }

    @Test
    void keepsAuditRecordsInTheirOrder() {
        Stored stored = create(pending());
        RequestId id = stored.request().id();
        Audit asked = Audit.of(id, "U0ADA", Action.REQUEST, Audit.Outcome.DONE, NOON);
        Audit denied = Audit.of(id, "U0EVE", Action.APPROVE, Audit.Outcome.DENIED, NOON.plusNanos(1))
                .with(Map.of("why", "not an approver"));
        table.write(Change.only(denied));
        table.write(Change.only(asked));
        assertThat(table.audit(id)).containsExactly(asked, denied);
    }

    @Test
    void listsARequestUntilItIsOverAndTold() {
        Stored stored = create(pending());
        RequestId id = stored.request().id();
        assertThat(openIds()).contains(id);
        table.write(Change.of(stored, ((Pending) stored.request()).cancel(NOON)));
        assertThat(openIds()).contains(id);
        Stored cancelled = table.find(id).orElseThrow();
        assertThat(table.show(cancelled, new Stored.Shown(cancelled.version(), new Post("C0", "1.2"), "over")))
                .isTrue();
        assertThat(openIds()).doesNotContain(id);
        assertThat(table.find(id).orElseThrow().post()).contains(new Post("C0", "1.2"));
    }

    @Test
    void doesNotClaimToShowWhatChangedMeanwhile() {
        Stored stored = create(pending());
        table.write(Change.of(stored, ((Pending) stored.request()).remind()));
        assertThat(table.show(stored, new Stored.Shown(stored.version(), new Post("C0", "1.2"), "asked")))
                .isFalse();
    }

    /** The same transaction again, under its token, is the same one. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"FAILS_AFTER", "CUT_AFTER", "FAILS_BEFORE", "CUT_BEFORE", "THROTTLES"})
    void writesOnceWhateverHappensToTheAnswer(Fault fault) {
        Pending pending = pending();
        aws.faults().plan("DynamoDB.TransactWriteItems", fault, 1);
        assertThat(table.write(Change.create(pending).once("once-" + pending.id())))
                .isEqualTo(Change.Outcome.WRITTEN);
        assertThat(table.find(pending.id()).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void saysWhichCallFailedForGood() {
        aws.faults().plan("DynamoDB.GetItem", Fault.FAILS_BEFORE, 9);
        assertThatThrownBy(() -> table.find(pending().id()))
                .isInstanceOf(AwsFailure.class)
                .hasMessageContaining("GetItem: InternalServerError");
    }

    private static Stored create(Pending pending) {
        table.write(Change.create(pending));
        return table.find(pending.id()).orElseThrow();
    }

    private static List<RequestId> openIds() {
        return table.open().stream().map(open -> open.request().id()).toList();
    }

    private static Pending pending() {
        var wish = new Wish(
                "U0ADA",
                "prod",
                "view",
                new TreeSet<>(Set.of("shop")),
                Optional.of(Duration.ofMinutes(90)),
                "look at *that* <!channel> \uD83D\uDE80",
                Optional.empty());
        var ask = new Ask(RequestId.of("delivery " + DELIVERIES.incrementAndGet()), wish, NOON);
        return new Pending(ask, List.of(), NOON.plusSeconds(3600), false);
    }

    private static Decision decision() {
        var terms = new Terms(
                "prod",
                "eu-central-1",
                "arn:aws:iam::111122223333:role/ada",
                "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
                new TreeSet<>(Set.of("shop")),
                Duration.ofMinutes(90),
                Duration.ofHours(8),
                Set.of());
        return new Decision(Decision.Way.APPROVED, List.of(BOB), terms, NOON);
    }
}
