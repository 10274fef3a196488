package io.reverser.access.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.access.command.slack.ApiGatewayResponse;
import io.reverser.access.command.slack.Modals;
import io.reverser.access.request.ApprovalRecord;
import io.reverser.access.request.AuditRecord;
import io.reverser.access.request.Extension;
import io.reverser.access.request.MessageRef;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Approved;
import io.reverser.access.request.Request.Granted;
import io.reverser.access.request.Request.Pending;
import io.reverser.access.request.RequestAction;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.RequestWrite;
import io.reverser.access.request.VersionedRequest;
import io.reverser.simulators.fault.FaultInjector.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what users do in Slack, and how their actions change the stored requests. */
class AccessRequestFlowTest {

    private static final String VIEW = "prod view 1h the basket is slow";
    private static final String EDIT = "prod edit ns=shop 1h the basket is slow";

    private static final Map<String, String> BREAK_GLASS = Map.of(
            Modals.TARGET, "prod admin",
            Modals.DURATION, "30m",
            Modals.INCIDENT, "INC-7",
            Modals.REASON, "everything is down");

    private final CommandFixture fixture = new CommandFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void requestsApproval() {
        RequestId id = fixture.submitRequest("U0ADA", VIEW);
        assertThat(fixture.request(id))
                .isInstanceOfSatisfying(
                        Pending.class,
                        pending -> assertThat(pending.expiresAt())
                                .isEqualTo(pending.details().requestedAt().plus(Duration.ofHours(4))));
        assertThat(fixture.table.listAuditRecords(id))
                .singleElement()
                .satisfies(auditRecord -> assertThat(auditRecord.action()).isEqualTo(AuditRecord.Action.REQUEST));
    }

    @Test
    void approvesWithOneApprovalWhenTheQuorumIsOne() {
        RequestId id = fixture.submitAndPublish("U0ADA", VIEW);
        assertThat(click("U0BOB", RequestAction.APPROVE, id)).isEmpty();
        assertThat(fixture.request(id)).isInstanceOfSatisfying(Approved.class, approved -> {
            assertThat(approved.approvalRecord().mode()).isEqualTo(ApprovalRecord.ApprovalMode.MANUAL);
            assertThat(approved.approvalRecord().approvals().getFirst().by()).isEqualTo("U0BOB");
        });
    }

    /** Prevents a bug of another tool (aws-samples TEAM#38): one person counted twice towards the quorum. */
    @Test
    void countsEachApproverOnceTowardsTheQuorum() {
        RequestId id = fixture.submitAndPublish("U0ADA", EDIT);
        click("U0BOB", RequestAction.APPROVE, id);
        assertThat(click("U0BOB", RequestAction.APPROVE, id)).contains("another approver");
        assertThat(fixture.request(id)).isInstanceOf(Pending.class);
        click("U0EVE", RequestAction.APPROVE, id);
        assertThat(fixture.request(id)).isInstanceOf(Approved.class);
    }

    /** Prevents a bug of another tool (sso-elevator#47): two concurrent approvals created two revocations. */
    @Test
    void approvesOnceWhenApproversClickAtTheSameTime() throws Exception {
        RequestId id = fixture.submitAndPublish("U0ADA", EDIT);
        List<Callable<String>> clicks = List.of(
                () -> click("U0BOB", RequestAction.APPROVE, id),
                () -> click("U0EVE", RequestAction.APPROVE, id),
                () -> click("U0BOB", RequestAction.APPROVE, id),
                () -> click("U0EVE", RequestAction.APPROVE, id));
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var click : people.invokeAll(clicks)) {
                click.get();
            }
        }
        assertThat(((Approved) fixture.request(id)).approvalRecord().approvals())
                .hasSize(2);
        assertThat(fixture.table.find(id).orElseThrow().version()).isEqualTo(3);
    }

    /** Slack delivers a command again if the app did not respond in time. */
    @Test
    void ignoresRepeatedDeliveries() {
        String body = CommandFixture.commandBody("U0ADA", VIEW, "the-same-trigger");
        ApiGatewayResponse first = fixture.handle(body);
        assertThat(fixture.handle(body)).isEqualTo(first);
        assertThat(fixture.table.listOpen()).hasSize(1);
        RequestId id = fixture.table.listOpen().getFirst().request().id();
        VersionedRequest stored = fixture.table.find(id).orElseThrow();
        fixture.table.saveSlackState(
                stored, new VersionedRequest.SlackState(stored.version(), CommandFixture.MESSAGE, "requested"));
        for (int i = 0; i < 2; i++) {
            fixture.handle(fixture.clickBody("U0BOB", "approve", id.value(), CommandFixture.MESSAGE, "one-click"));
        }
        assertThat(fixture.table.find(id).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void createsOneRequestWhenTheResponseOfTheTableIsLost() {
        fixture.aws.faults().injectNext("DynamoDB.TransactWriteItems", Fault.DISCONNECT_AFTER_EFFECT, 1);
        fixture.submitRequest("U0ADA", VIEW);
        assertThat(fixture.table.listOpen()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"U0ADA, U0ADA", "U0TWIN, U0TWIX"})
    void rejectsApprovalOfOnesOwnRequestOrPrincipal(String requester, String approver) {
        RequestId id = fixture.submitAndPublish(requester, VIEW);
        assertThat(click(approver, RequestAction.APPROVE, id)).contains("approve your own request");
        assertThat(fixture.request(id)).isInstanceOf(Pending.class);
        assertThat(fixture.table.listAuditRecords(id)).anySatisfy(auditRecord -> {
            assertThat(auditRecord.outcome()).isEqualTo(AuditRecord.AuditOutcome.DENIED);
            assertThat(auditRecord.actor()).isEqualTo(approver);
        });
    }

    /** Prevents a bug of another tool (sso-elevator): anybody could discard a request. */
    @ParameterizedTest
    @CsvSource({
        "U0STRANGER, approve, not an approver",
        "U0BOB, cancel, Only the requester",
        "U0TWIN, approve, not an approver"
    })
    void rejectsDecisionsOfOthers(String person, String button, String said) {
        RequestId id = fixture.submitAndPublish("U0ADA", VIEW);
        assertThat(fixture.click(person, button, id.value())).contains(said);
        assertThat(fixture.request(id)).isInstanceOf(Pending.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"U0STRANGER", "U0TWIN", "U0ADA"})
    void ignoresRejectionsOfOthers(String person) {
        RequestId id = fixture.submitAndPublish("U0ADA", VIEW);
        fixture.submitModal(person, Modals.REJECT, id.value(), Map.of(Modals.REASON, "no"));
        assertThat(fixture.request(id)).isInstanceOf(Pending.class);
    }

    @Test
    void rejectsButtonsOfOtherMessages() {
        RequestId view = fixture.submitAndPublish("U0ADA", VIEW);
        RequestId other = fixture.submitRequest("U0TWIN", VIEW);
        VersionedRequest stored = fixture.table.find(other).orElseThrow();
        fixture.table.saveSlackState(
                stored,
                new VersionedRequest.SlackState(stored.version(), new MessageRef("C0APPROVALS", "2.2"), "requested"));
        assertThat(click("U0BOB", RequestAction.APPROVE, other)).contains("does not belong");
        assertThat(fixture.click("U0BOB", "approve", view.value(), new MessageRef("C0ELSEWHERE", "1.1"), "t1"))
                .contains("does not belong");
        assertThat(fixture.click("U0BOB", "approve", "r-2222222222")).contains("no request");
        assertThat(fixture.click("U0BOB", "approve", "<!channel>")).isEmpty();
        assertThat(fixture.request(view)).isInstanceOf(Pending.class);
        assertThat(fixture.request(other)).isInstanceOf(Pending.class);
    }

    @Test
    void approvesBeforeTheMessageIsRecorded() {
        RequestId id = fixture.submitRequest("U0ADA", VIEW);
        assertThat(click("U0BOB", RequestAction.APPROVE, id)).isEmpty();
        assertThat(fixture.request(id)).isInstanceOf(Approved.class);
    }

    @Test
    void evaluatesThePolicyAtTheTimeOfTheClick(@TempDir Path folder) throws IOException {
        RequestId id = fixture.submitAndPublish("U0ADA", VIEW);
        String policy = Files.readString(Path.of("src/test/resources/access.yaml"));
        fixture.deploy(Files.writeString(
                folder.resolve("access.yaml"),
                policy.replace("leads: [U0BOB, U0EVE, U0TWIX]", "leads: [U0EVE, U0TWIX]")));
        assertThat(click("U0BOB", RequestAction.APPROVE, id)).contains("not an approver");
        assertThat(fixture.request(id)).isInstanceOf(Pending.class);
    }

    @Test
    void saysWhoHasAlreadyDecided() {
        RequestId id = fixture.submitAndPublish("U0ADA", VIEW);
        fixture.submitModal("U0EVE", Modals.REJECT, id.value(), Map.of(Modals.REASON, "not today"));
        assertThat(click("U0BOB", RequestAction.APPROVE, id)).contains("rejected by <@U0EVE>");
    }

    @Test
    void rejectsApprovalsAfterTheRequestExpired() {
        RequestId id = fixture.submitAndPublish("U0ADA", VIEW);
        fixture.aws.clock().move(Duration.ofHours(4));
        assertThat(click("U0BOB", RequestAction.APPROVE, id)).contains("not possible in the request's current state");
        assertThat(fixture.request(id)).isInstanceOf(Pending.class);
    }

    /**
     * Prevents a bug of another tool (strongDM accessbot#67): automatic approvals had no limit. Here, approvers decide
     * once the limit is reached.
     */
    @Test
    void approvesAutomaticallyUpToTheLimit() {
        for (int i = 0; i < 2; i++) {
            RequestId id = fixture.submitRequest("U0EVE", "old view 30m the basket is slow");
            Approved approved = (Approved) fixture.request(id);
            assertThat(approved.approvalRecord().mode()).isEqualTo(ApprovalRecord.ApprovalMode.AUTOMATIC);
            fixture.table.write(
                    RequestWrite.update(fixture.table.find(id).orElseThrow(), approved.fail("over", fixture.now())));
        }
        RequestId third = fixture.submitRequest("U0EVE", "old view 30m the basket is slow");
        assertThat(fixture.request(third)).isInstanceOf(Pending.class);
    }

    /** Prevents a bug of another tool (glide#619): the user got no feedback when the access already existed. */
    @Test
    void offersToExtendOrRevokeExistingAccess() {
        RequestId id = granted();
        assertThat(fixture.type("U0ADA", VIEW)).contains("you already have this one", "extend " + id, "revoke " + id);
    }

    @Test
    void offersToCancelAPendingRequest() {
        RequestId id = fixture.submitRequest("U0ADA", VIEW);
        assertThat(fixture.type("U0ADA", EDIT))
                .contains("you already have this one", "cancel " + id)
                .doesNotContain("extend");
    }

    @Test
    void grantsBreakGlassAccessDespiteAPendingRequest() {
        fixture.submitRequest("U0ADA", VIEW);
        fixture.submitModal("U0ADA", Modals.BREAK_GLASS_CONFIRMED, breakGlass(BREAK_GLASS), Map.of());
        assertThat(fixture.table.listOpen())
                .anySatisfy(stored -> assertThat(stored.request()).isInstanceOf(Approved.class));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            U0EVE | whoami                     | • `old`: view
            U0ADA | whoami                     | In an emergency
            U0TWIX| whoami                     | In an emergency, you can request nothing.
            U0ADA | extend r-2222222222 soon   | /cluster-access extend r-2222222222 30m
            U0ADA | status 17                  | `17` is not a request ID; `list` shows the IDs.
            """)
    void answersOtherCommands(String person, String typed, String said) {
        assertThat(fixture.type(person, typed)).contains(said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            U0ADA | prd view 1h the basket is slow         | did you mean `prod`
            U0ADA | prod veiw 1h the basket is slow        | did you mean `view`
            U0ADA | prod view 9h the basket is slow        | 9h is too long; the maximum is 8h
            U0ADA | prod view 52d the basket is slow       | too long
            U0ADA | prod view 1m the basket is slow        | too short
            U0ADA | prod view 1h short                     | The reason has 5 characters
            U0ADA | prod edit 1h the basket is slow        | choose from shop, dev-*
            U0ADA | prod edit ns=kube-system 1h it is slow | `kube-system` cannot be requested
            U0ADA | prod view ns=shop 1h it is so slow     | leave the namespaces out
            U0ADA | prod admin 1h the basket is slow       | No rule gives you `admin` on `prod`
            U0BOB | prod edit ns=shop 1h it is so slow     | No rule gives you `edit`
            U0XXX | prod view 1h the basket is slow        | not in the access policy
            U0ADA | prod view soon                         | `soon` is not a duration
            U0ADA | prod                                   | /cluster-access prod edit ns=shop 30m
            """)
    void saysWhatIsWrongAndWhatIsExpected(String person, String typed, String said) {
        assertThat(fixture.type(person, typed)).contains(said);
        assertThat(fixture.table.listOpen()).isEmpty();
    }

    @Test
    void escapesUserInput() {
        RequestId id = fixture.submitRequest("U0ADA", "prod view 1h <!channel> *look* & see");
        assertThat(fixture.request(id).details().access().reason()).isEqualTo("<!channel> *look* & see");
        assertThat(fixture.type("U0ADA", "status " + id)).doesNotContain("<!channel>");
        assertThat(fixture.type("U0ADA", "<!channel>")).doesNotContain("<!channel>");
    }

    @Test
    void countsTheReasonInCharacters() {
        assertThat(fixture.type("U0ADA", "prod view 1h " + "\uD83D\uDE80".repeat(501)))
                .contains("has 501 characters");
        assertThat(fixture.type("U0ADA", "prod view 1h " + "x".repeat(3001))).contains("has 3001 characters");
        fixture.submitRequest("U0ADA", "prod view 1h " + "\uD83D\uDE80".repeat(500));
    }

    @Test
    void offersWhatThePersonCanRequest() {
        assertThat(fixture.type("U0ADA", "")).isEmpty();
        assertThat(fixture.workspace.views())
                .singleElement()
                .satisfies(view ->
                        assertThat(view).contains("prod view", "prod edit").doesNotContain("prod admin"));
    }

    /**
     * Prevents a bug of another tool (sso-elevator#46): with an empty list of options, the modal never finished
     * loading.
     */
    @Test
    void opensNoFormWithoutChoices() {
        assertThat(fixture.type("U0STRANGER", "")).contains("No rule lets you request access");
        assertThat(fixture.type("U0BOB", "break-glass")).contains("No rule lets you request break-glass");
        assertThat(fixture.workspace.views()).isEmpty();
    }

    @Test
    void offersTheCommandWhenTheFormTimesOut() {
        JsonNode answer =
                CommandFixture.json(fixture.handle(CommandFixture.commandBody("U0ADA", "", "expired-trigger")));
        assertThat(answer.path("text").asText()).contains("did not open the form", "/cluster-access prod edit ns=shop");
    }

    @Test
    void submitsTheForm() {
        JsonNode answer =
                fixture.submitModal("U0ADA", Modals.REQUEST, "", form("prod edit", "shop", "2h", "the basket is slow"));
        assertThat(answer.path("response_action").asText()).isEqualTo("update");
        assertThat(fixture.table.listOpen())
                .singleElement()
                .satisfies(
                        stored -> assertThat(stored.request().details().access().namespaces())
                                .containsExactly("shop"));
    }

    @ParameterizedTest
    @CsvSource({
        "prod edit, '', 2h, the basket is slow, namespaces",
        "prod edit, *, 2h, the basket is slow, namespaces",
        "prod edit, shop, 8h, the basket is slow, duration",
        "prod edit, shop, 2h, slow, reason",
        "prod admin, '', 2h, the basket is slow, target"
    })
    void showsEachMistakeAtItsInput(String target, String namespaces, String duration, String reason, String block) {
        JsonNode answer = fixture.submitModal("U0ADA", Modals.REQUEST, "", form(target, namespaces, duration, reason));
        assertThat(answer.path("response_action").asText()).isEqualTo("errors");
        assertThat(answer.path("errors").path(block).asText()).isNotEmpty();
    }

    @Test
    void grantsBreakGlassAccessAfterASecondConfirmation() {
        String metadata = breakGlass(BREAK_GLASS);
        assertThat(fixture.table.listOpen()).isEmpty();
        fixture.submitModal("U0ADA", Modals.BREAK_GLASS_CONFIRMED, metadata, Map.of());
        Request request = fixture.table.listOpen().getFirst().request();
        assertThat(((Approved) request).approvalRecord().mode()).isEqualTo(ApprovalRecord.ApprovalMode.BREAK_GLASS);
        assertThat(fixture.table.listAuditRecords(request.id()).getFirst().action())
                .isEqualTo(AuditRecord.Action.BREAK_GLASS);
    }

    @Test
    void recordsDeniedBreakGlassRequests() {
        var form = new HashMap<>(BREAK_GLASS);
        form.put(Modals.DURATION, "30h");
        String refused = CommandFixture.submissionBody("U0ADA", Modals.BREAK_GLASS, "", form, "too-long");
        assertThat(fixture.handle(refused).toString()).contains("errors");
        assertThat(fixture.table.listOpen()).isEmpty();
        assertThat(fixture.table.listAuditRecords(RequestId.fromIdempotencyKey("view-V0VIEW-too-long")))
                .singleElement()
                .satisfies(auditRecord -> {
                    assertThat(auditRecord.outcome()).isEqualTo(AuditRecord.AuditOutcome.DENIED);
                    assertThat(auditRecord.actor()).isEqualTo("U0ADA");
                });
    }

    /**
     * Regression: the break-glass form had no input for namespaces, but the error about missing namespaces referred to
     * this input.
     */
    @Test
    void grantsBreakGlassAccessToNamespaces() {
        var form = new HashMap<>(BREAK_GLASS);
        form.put(Modals.TARGET, "prod edit");
        assertThat(fixture.submitModal("U0ADA", Modals.BREAK_GLASS, "", form)
                        .path("errors")
                        .path(Modals.NAMESPACES)
                        .asText())
                .contains("choose from");
        form.put(Modals.NAMESPACES, "shop, dev-1");
        fixture.submitModal("U0ADA", Modals.BREAK_GLASS_CONFIRMED, breakGlass(form), Map.of());
        assertThat(fixture.table
                        .listOpen()
                        .getFirst()
                        .request()
                        .details()
                        .access()
                        .namespaces())
                .containsExactly("dev-1", "shop");
        fixture.type("U0ADA", "break-glass");
        assertThat(fixture.workspace.views()).singleElement().asString().contains("\"block_id\":\"namespaces\"");
    }

    @Test
    void appliesThePolicyToAlteredBreakGlassMetadata() {
        String altered =
                "{\"cluster\":\"prod\",\"level\":\"admin\",\"duration\":\"8h\",\"reason\":\"everything is down\","
                        + "\"incident\":\"INC-7\"}";
        assertThat(fixture.submitModal("U0ADA", Modals.BREAK_GLASS_CONFIRMED, altered, Map.of())
                        .toString())
                .contains("the maximum is 1h");
        assertThat(fixture.table.listOpen()).isEmpty();
    }

    @Test
    void requiresTheSameApprovalForAnExtension() {
        RequestId id = granted();
        fixture.submitModal(
                "U0ADA", Modals.EXTEND, id.value(), Map.of(Modals.DURATION, "30m", Modals.REASON, "not done yet"));
        assertThat(((Granted) fixture.request(id)).extension()).isPresent();
        assertThat(click("U0ADA", RequestAction.APPROVE_EXTENSION, id)).contains("approve your own request");
        assertThat(click("U0BOB", RequestAction.APPROVE_EXTENSION, id)).isEmpty();
        assertThat(((Granted) fixture.request(id)).extension().orElseThrow().state())
                .isEqualTo(Extension.State.APPROVED);
    }

    @Test
    void rejectsExtensionsOverTheMaximumDuration() {
        RequestId id = granted();
        assertThat(fixture.type("U0ADA", "extend " + id + " 8h not done yet"))
                .contains("9h in total; the maximum is 8h");
        assertThat(fixture.type("U0EVE", "extend " + id + " 30m not done yet")).contains("Only the requester");
        assertThat(fixture.type("U0ADA", "extend " + id + " 30m " + "&".repeat(501)))
                .contains("has 501 characters");
        assertThat(((Granted) fixture.request(id)).extension()).isEmpty();
    }

    /** A second extension is rejected, because an extension must not change while an approver is looking at it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void allowsOneExtensionAtATime(boolean approved) {
        RequestId id = granted();
        fixture.type("U0ADA", "extend " + id + " 30m not done yet");
        if (approved) {
            click("U0BOB", RequestAction.APPROVE_EXTENSION, id);
        }
        assertThat(fixture.type("U0ADA", "extend " + id + " 6h not done yet"))
                .contains("already requested an extension", approved ? "extended by 30m" : "approval of 30m more");
        assertThat(((Granted) fixture.request(id)).extension().orElseThrow().duration())
                .isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void allowsAnExtensionAfterARejectedOne() {
        RequestId id = granted();
        fixture.type("U0ADA", "extend " + id + " 30m not done yet");
        click("U0BOB", RequestAction.REJECT_EXTENSION, id);
        assertThat(fixture.type("U0ADA", "extend " + id + " 15m nearly done")).contains("approval of 15m more");
    }

    @Test
    void countsEachApproverOnceForAnExtension() {
        RequestId id = fixture.submitAndPublish("U0ADA", EDIT);
        click("U0BOB", RequestAction.APPROVE, id);
        click("U0EVE", RequestAction.APPROVE, id);
        grant(id);
        fixture.type("U0ADA", "extend " + id + " 30m not done yet");
        click("U0BOB", RequestAction.APPROVE_EXTENSION, id);
        assertThat(click("U0BOB", RequestAction.APPROVE_EXTENSION, id)).contains("another approver");
        assertThat(extension(id).approvals()).hasSize(1);
        click("U0EVE", RequestAction.APPROVE_EXTENSION, id);
        assertThat(extension(id).state()).isEqualTo(Extension.State.APPROVED);
    }

    @Test
    void rejectsExtensionsOfExpiredAccess() {
        RequestId id = granted();
        fixture.type("U0ADA", "extend " + id + " 30m not done yet");
        fixture.aws.clock().move(Duration.ofMinutes(61));
        assertThat(click("U0BOB", RequestAction.APPROVE_EXTENSION, id))
                .contains("not possible in the request's current state");
        assertThat(extension(id).state()).isEqualTo(Extension.State.PENDING);
    }

    /**
     * An extension is approved automatically only if the access itself was approved automatically, within the limit,
     * and not by an approver.
     */
    @ParameterizedTest
    @CsvSource({"0, APPROVED", "2, PENDING"})
    void extendsAutomaticallyOnlyAutomaticApprovals(int before, Extension.State state) {
        for (int i = 0; i < before; i++) {
            RequestId id = fixture.submitRequest("U0EVE", "old view 15m the basket is slow");
            fixture.table.write(RequestWrite.update(
                    fixture.table.find(id).orElseThrow(),
                    ((Approved) fixture.request(id)).fail("over", fixture.now())));
        }
        RequestId id = fixture.submitAndPublish("U0EVE", "old view 15m the basket is slow");
        if (before > 0) {
            click("U0BOB", RequestAction.APPROVE, id);
        }
        grant(id);
        fixture.type("U0EVE", "extend " + id + " 30m not done yet");
        assertThat(extension(id).state()).isEqualTo(state);
    }

    /**
     * Prevents a bug of another tool (aws-samples TEAM#398): a revocation that was not permitted was reported as
     * successful.
     */
    @ParameterizedTest
    @CsvSource({"U0ADA, true", "U0BOB, true", "U0EVE, true", "U0TWIN, false", "U0STRANGER, false"})
    void revokesForRequesterApproversAndAdmins(String person, boolean allowed) {
        RequestId id = granted();
        fixture.type(person, "revoke " + id + " all done");
        assertThat(((Granted) fixture.request(id)).revocation().isPresent()).isEqualTo(allowed);
    }

    @Test
    void showsRequestsToRequesterAndApprovers() {
        RequestId id = fixture.submitRequest("U0ADA", VIEW);
        assertThat(fixture.type("U0ADA", "list")).contains(id.value());
        assertThat(fixture.type("U0BOB", "list")).contains(id.value());
        assertThat(fixture.type("U0STRANGER", "list")).isEqualTo("There are no open requests.");
        assertThat(fixture.type("U0BOB", "status " + id)).contains(id.value(), "request");
        assertThat(fixture.type("U0STRANGER", "status " + id)).contains("no request");
    }

    @Test
    void cancelsARequest() {
        RequestId id = fixture.submitRequest("U0ADA", VIEW);
        assertThat(fixture.type("U0ADA", "cancel " + id)).contains("cancelled");
        assertThat(fixture.request(id)).isInstanceOf(Request.Cancelled.class);
    }

    @Test
    void recordsDeniedRequests() {
        fixture.handle(CommandFixture.commandBody("U0ADA", "prod view 9h the basket is slow", "denied-trigger"));
        assertThat(fixture.table.listAuditRecords(RequestId.fromIdempotencyKey("command-denied-trigger")))
                .singleElement()
                .satisfies(auditRecord -> {
                    assertThat(auditRecord.outcome()).isEqualTo(AuditRecord.AuditOutcome.DENIED);
                    assertThat(auditRecord.details().toString()).contains("TooLong");
                });
    }

    /** Submits the break-glass form, and returns the metadata of the second confirmation. */
    private String breakGlass(Map<String, String> form) {
        JsonNode first = fixture.submitModal("U0ADA", Modals.BREAK_GLASS, "", form);
        assertThat(first.path("response_action").asText()).isEqualTo("push");
        return first.path("view").path("private_metadata").asText();
    }

    private RequestId granted() {
        RequestId id = fixture.submitAndPublish("U0ADA", VIEW);
        click("U0BOB", RequestAction.APPROVE, id);
        grant(id);
        return id;
    }

    /** Writes the state that the granter function writes when it has granted the access. */
    private void grant(RequestId id) {
        VersionedRequest stored = fixture.table.find(id).orElseThrow();
        fixture.table.write(RequestWrite.update(stored, ((Approved) stored.request()).grant(fixture.now())));
    }

    private Extension extension(RequestId id) {
        return ((Granted) fixture.request(id)).extension().orElseThrow();
    }

    private String click(String person, RequestAction button, RequestId id) {
        return fixture.click(person, button.actionId(), id.value());
    }

    private static Map<String, String> form(String target, String namespaces, String duration, String reason) {
        return Map.of(
                Modals.TARGET, target, Modals.NAMESPACES, namespaces, Modals.DURATION, duration, Modals.REASON, reason);
    }
}
