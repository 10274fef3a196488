package io.reverser.access.granter;

import static io.reverser.access.granter.GranterFixture.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.access.policy.RequestedAccess;
import io.reverser.access.request.Approval;
import io.reverser.access.request.ApprovalRecord;
import io.reverser.access.request.AuditRecord;
import io.reverser.access.request.Extension;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Granted;
import io.reverser.access.request.Request.Pending;
import io.reverser.access.request.RequestDetails;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.RequestWrite;
import io.reverser.access.request.VersionedRequest;
import io.reverser.simulators.fault.FaultInjector.Fault;
import io.reverser.simulators.slack.SlackWorkspace.Membership;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceUser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.eks.model.EksException;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;

/** Tests the life of a request from approval to expiry with the production adapters. */
@Execution(ExecutionMode.CONCURRENT)
class RequestReconcilerTest {

    private final GranterFixture fixture = new GranterFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void notifiesTheApproversInTheChannel() {
        RequestId id = fixture.createRequest("prod");
        fixture.reconcile(id);
        assertThat(fixture.messageBlocks(id))
                .contains("Access requested", "<@U0BOB> <@U0EVE>", "the basket is slow", "approve", id.value());
        assertThat(fixture.load(id).isPublished()).isTrue();
        assertThat(fixture.entry()).isEmpty();
    }

    /** An approver can click a button on the message before the function has stored the message's timestamp. */
    @Test
    void updatesOneMessageWhenTheApprovalOvertakesIt() {
        RequestId id = fixture.createRequest("prod");
        fixture.faults().runAfter("Slack.chat.postMessage", () -> fixture.approve(id, "U0BOB"));
        fixture.reconcile(id);
        fixture.reconcile(id);
        assertThat(fixture.messageBlocks(id)).contains("Granted", "Approved by <@U0BOB>");
        assertThat(fixture.workspace.messages(GranterFixture.CHANNEL).stream()
                        .filter(message -> message.threadTs().isEmpty()))
                .hasSize(1);
    }

    @Test
    void grantsTheApprovedAccessAndTagsItsExpiry() {
        RequestId id = fixture.createGrantedRequest();
        Granted granted = (Granted) fixture.request(id);
        assertThat(fixture.entry()).hasValueSatisfying(entry -> {
            assertThat(entry.policies()).containsOnlyKeys(GranterFixture.VIEW);
            assertThat(entry.tags())
                    .containsEntry("cluster-access:request-id", id.value())
                    .containsEntry("cluster-access:requester", "U0ADA")
                    .containsEntry("cluster-access:approvers", "U0BOB")
                    .containsEntry(
                            "cluster-access:expires-at", granted.expiresAt().toString());
        });
        assertThat(fixture.aws.scheduler().schedules()).singleElement().satisfies(schedule -> {
            assertThat(schedule.name()).isEqualTo(id.value());
            assertThat(schedule.nextFire())
                    .isBetween(granted.expiresAt(), granted.expiresAt().plusSeconds(1));
        });
        assertThat(fixture.messageBlocks(id)).contains("Granted", "Approved by <@U0BOB>");
        assertThat(fixture.workspace.messages("U0ADA"))
                .singleElement()
                .satisfies(message -> assertThat(message.blocks())
                        .contains(
                                "aws eks update-kubeconfig --name prod --region eu-central-1",
                                "I'm done",
                                "about a minute"));
    }

    /** For some seconds, EKS does not find an access entry that it has just created (terraform-provider-aws#35728). */
    @Test
    void retriesUntilEksKnowsTheNewEntry() {
        RequestId id = fixture.createRequest("prod");
        fixture.approve(id, "U0BOB");
        fixture.aws.faults().rejectNext("EKS.AssociateAccessPolicy", 404, "ResourceNotFoundException", 1);
        assertThatThrownBy(() -> fixture.reconcile(id)).isInstanceOf(ResourceNotFoundException.class);
        assertThat(fixture.request(id)).isInstanceOf(Request.Approved.class);
        fixture.reconcile(id);
        assertThat(fixture.request(id)).isInstanceOf(Granted.class);
        assertThat(fixture.entry())
                .hasValueSatisfying(entry -> assertThat(entry.policies()).containsOnlyKeys(GranterFixture.VIEW));
    }

    /**
     * Prevents two bugs of another tool (aws-samples TEAM#195 and #460): its messages did not say that open sessions
     * outlive the access, and its final message was wrong.
     */
    @Test
    void saysWhatExpiryDoesNotClose() {
        RequestId id = fixture.createGrantedRequest();
        assertThat(fixture.workspace.messages("U0ADA").getFirst().blocks())
                .contains("an open exec or port-forward stays open");
        fixture.aws.clock().move(Duration.ofMinutes(61));
        fixture.reconcile(id);
        assertThat(fixture.workspace.messages("U0ADA").getLast().text()).contains("has expired");
    }

    /**
     * Prevents a bug of other tools (Teleport#16202, Twingate#9): the duration was counted from the request instead of
     * the approval.
     */
    @Test
    void countsTheDurationFromTheApproval() {
        RequestId id = fixture.createRequest("prod");
        fixture.aws.clock().move(Duration.ofHours(2));
        Instant approval = fixture.now();
        fixture.approve(id, "U0BOB");
        fixture.reconcile(id);
        assertThat(((Granted) fixture.request(id)).expiresAt())
                .isBetween(
                        approval.plus(Duration.ofHours(1)),
                        approval.plus(Duration.ofHours(1)).plusSeconds(5));
    }

    @Test
    void revokesAccessWhenItExpires() {
        RequestId id = fixture.createGrantedRequest();
        fixture.aws.clock().move(Duration.ofMinutes(61));
        fixture.reconcile(id);
        assertThat(fixture.request(id)).isInstanceOf(Request.Expired.class);
        assertThat(fixture.entry()).isEmpty();
        assertThat(fixture.aws.scheduler().schedules()).isEmpty();
        assertThat(fixture.messageBlocks(id)).contains("Expired.").doesNotContain("\"actions\"");
    }

    /** The permission to delete an entry depends on its tag, so IAM may deny the deletion of an entry that is gone. */
    @Test
    void recordsTheExpiryWhenTheRepetitionOfALostDeletionIsDenied() {
        RequestId id = fixture.createGrantedRequest();
        fixture.faults().injectNext("EKS.DeleteAccessEntry", Fault.DISCONNECT_AFTER_EFFECT, 1);
        fixture.faults()
                .runAfter(
                        "EKS.DeleteAccessEntry",
                        () -> fixture.faults().rejectNext("EKS.DeleteAccessEntry", 403, "AccessDeniedException", 1));
        fixture.aws.clock().move(Duration.ofMinutes(61));
        fixture.reconcile(id);
        assertThat(fixture.request(id)).isInstanceOf(Request.Expired.class);
        assertThat(fixture.entry()).isEmpty();
    }

    @Test
    void recordsNoExpiryWhenTheDeletionIsDenied() {
        RequestId id = fixture.createGrantedRequest();
        fixture.faults().rejectNext("EKS.DeleteAccessEntry", 403, "AccessDeniedException", 1);
        fixture.aws.clock().move(Duration.ofMinutes(61));
        assertThatThrownBy(() -> fixture.reconcile(id)).isInstanceOf(EksException.class);
        assertThat(fixture.request(id)).isInstanceOf(Granted.class);
        assertThat(fixture.entry()).isPresent();
    }

    @Test
    void keepsAccessUntilItExpires() {
        RequestId id = fixture.createGrantedRequest();
        fixture.reconcile(id);
        assertThat(fixture.entry()).isPresent();
        assertThat(fixture.workspace.messages("U0ADA")).hasSize(1);
    }

    /**
     * Prevents a bug of another tool (sso-elevator#35): users could not end their access early. Here, the button "I'm
     * done" ends it.
     */
    @Test
    void revokesAccessWhenTheRequesterIsDone() {
        RequestId id = fixture.createGrantedRequest();
        VersionedRequest stored = fixture.load(id);
        fixture.table.write(RequestWrite.update(
                stored,
                ((Granted) stored.request()).requestRevocation(new Request.Revocation("U0ADA", "", fixture.now()))));
        fixture.reconcile(id);
        assertThat(fixture.request(id)).isInstanceOf(Request.Revoked.class);
        assertThat(fixture.entry()).isEmpty();
        assertThat(fixture.messageBlocks(id)).contains("Revoked");
    }

    /**
     * Another tool has no extensions (jit-groups#141). Here, access can be extended: the extension does not interrupt
     * the access, and the old schedule does not end the extended access.
     */
    @Test
    void extendsAccessWithoutAGap() {
        RequestId id = fixture.createGrantedRequest();
        Instant until = ((Granted) fixture.request(id)).expiresAt();
        extend(id, Extension.State.APPROVED);
        fixture.reconcile(id);
        assertThat(((Granted) fixture.request(id)).expiresAt()).isEqualTo(until.plus(Duration.ofMinutes(30)));
        fixture.aws.clock().move(Duration.ofMinutes(61));
        fixture.reconcile(id);
        assertThat(fixture.entry()).isPresent();
        fixture.aws.clock().move(Duration.ofMinutes(30));
        fixture.reconcile(id);
        assertThat(fixture.entry()).isEmpty();
    }

    /**
     * The approval of an extension and the expiry can be moments apart, so the schedule may fire before the stream
     * delivers the approval.
     */
    @Test
    void appliesAnExtensionThatWasApprovedBeforeExpiry() {
        RequestId id = fixture.createGrantedRequest();
        extend(id, Extension.State.APPROVED);
        fixture.aws.clock().move(Duration.ofMinutes(61));
        fixture.reconcile(id);
        assertThat(fixture.request(id)).isInstanceOf(Granted.class);
        assertThat(fixture.entry()).isPresent();
        assertThat(fixture.aws.scheduler().schedules()).hasSize(1);
    }

    /** A component that can write to the request table must not be able to extend access that way. */
    @ParameterizedTest
    @CsvSource({"30, ''", "30, U0ADA", "30, U0STRANGER", "421, U0BOB"})
    void rejectsExtensionsThatThePolicyDoesNotAllow(long minutes, String approver) {
        RequestId id = fixture.createGrantedRequest();
        Instant until = ((Granted) fixture.request(id)).expiresAt();
        Approval[] approvals =
                approver.isEmpty() ? new Approval[0] : new Approval[] {new Approval(approver, fixture.now())};
        extend(id, Duration.ofMinutes(minutes), Extension.State.APPROVED, approvals);
        fixture.reconcile(id);
        assertThat(((Granted) fixture.request(id)).expiresAt()).isEqualTo(until);
        assertThat(fixture.entry().orElseThrow().tags()).containsEntry("cluster-access:expires-at", until.toString());
        assertThat(fixture.workspace.messages("U0ADA").getLast().blocks()).contains("was not extended");
    }

    @Test
    void requestsTheExtensionInTheThreadOfTheRequest() {
        RequestId id = fixture.createGrantedRequest();
        extend(id, Extension.State.PENDING);
        fixture.reconcile(id);
        assertThat(fixture.messageBlocks(id)).contains("Extension requested:* 30m", "approve-extension");
        assertThat(fixture.workspace.messages(GranterFixture.CHANNEL).getLast().threadTs())
                .contains(fixture.load(id).messageRef().orElseThrow().ts());
    }

    @Test
    void remindsTheRequesterOnce() {
        RequestId id = fixture.createGrantedRequest();
        fixture.aws.clock().move(Duration.ofMinutes(51));
        fixture.reconcile(id);
        fixture.reconcile(id);
        assertThat(fixture.workspace.messages("U0ADA")).hasSize(2);
        assertThat(fixture.workspace.messages("U0ADA").getLast().blocks()).contains("ends", "Extend");
    }

    @Test
    void remindsTheRequesterAfterARejectedExtension() {
        RequestId id = fixture.createGrantedRequest();
        extend(id, Extension.State.REJECTED);
        fixture.reconcile(id);
        assertThat(fixture.workspace.messages("U0ADA").getLast().blocks()).contains("was not extended");
        fixture.aws.clock().move(Duration.ofMinutes(51));
        fixture.reconcile(id);
        assertThat(fixture.workspace.messages("U0ADA")).hasSize(3);
        assertThat(fixture.workspace.messages("U0ADA").getLast().blocks()).doesNotContain("was not extended");
    }

    @Test
    void remindsTheApproversOnceAndThenExpires() {
        RequestId id = fixture.createRequest("prod");
        fixture.reconcile(id);
        fixture.aws.clock().move(Duration.ofMinutes(61));
        fixture.reconcile(id);
        fixture.reconcile(id);
        assertThat(fixture.workspace.messages(GranterFixture.CHANNEL)).hasSize(2);
        fixture.aws.clock().move(Duration.ofHours(3));
        fixture.reconcile(id);
        assertThat(fixture.request(id)).isInstanceOf(Request.Expired.class);
        assertThat(fixture.messageBlocks(id)).contains("Request expired");
    }

    /**
     * Prevents a bug of another tool (by fengyu225): it treated "already exists" as success, and later deleted a
     * permanent access entry.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void neverTouchesAForeignEntry(boolean samePolicy) {
        var foreign = fixture.aws.eks().createEntry("prod", ADA, Map.of("team", "payments"));
        if (samePolicy) {
            fixture.aws.eks().associatePolicy("prod", ADA, GranterFixture.VIEW);
        }
        var before = fixture.entry();
        RequestId id = fixture.createGrantedRequest();
        assertThat(fixture.request(id)).isInstanceOf(Request.Failed.class);
        assertThat(fixture.messageBlocks(id)).contains("did not create");
        assertThat(fixture.entry()).isEqualTo(before);
        assertThat(fixture.aws.scheduler().schedules()).isEmpty();
        assertThat(foreign.tags()).containsOnlyKeys("team");
    }

    @Test
    void leavesARecreatedEntryAlone() {
        RequestId id = fixture.createGrantedRequest();
        fixture.aws.eks().deleteEntry("prod", ADA);
        fixture.aws.eks().createEntry("prod", ADA, Map.of("made", "by hand"));
        fixture.aws.clock().move(Duration.ofMinutes(61));
        fixture.reconcile(id);
        assertThat(fixture.entry()).isPresent();
        assertThat(fixture.messageBlocks(id))
                .contains(":warning:", "is still there")
                .doesNotContain("Expired.");
        assertThat(fixture.table.listAuditRecords(id))
                .anyMatch(auditRecord -> auditRecord.action() == AuditRecord.Action.TAMPERING);
    }

    @Test
    void reportsAnotherRequestForTheSamePrincipal() {
        RequestId first = fixture.createGrantedRequest();
        RequestId second = fixture.createGrantedRequest();
        assertThat(fixture.request(second)).isInstanceOf(Request.Failed.class);
        assertThat(fixture.messageBlocks(second)).contains("request " + first + " already gives");
        assertThat(fixture.entry().orElseThrow().tags()).containsEntry("cluster-access:request-id", first.value());
    }

    @Test
    void reportsAClusterWithoutAccessEntries() {
        RequestId id = fixture.createApprovedRequest("old");
        fixture.reconcile(id);
        assertThat(fixture.messageBlocks(id)).contains("CONFIG_MAP", "API_AND_CONFIG_MAP");
    }

    @Test
    void grantsNothingAfterTheExpiry() {
        RequestId id = fixture.createApprovedRequest("prod");
        fixture.aws.clock().move(Duration.ofHours(2));
        fixture.reconcile(id);
        assertThat(fixture.request(id)).isInstanceOf(Request.Failed.class);
        assertThat(fixture.entry()).isEmpty();
    }

    /** A component that can write to the request table must not be able to grant access that way. */
    @Test
    void grantsNothingThatThePolicyDoesNotAllow() {
        RequestId forged = fixture.createRequest("prod");
        fixture.approve(forged, "U0ADA");
        fixture.reconcile(forged);
        assertThat(fixture.request(forged)).isInstanceOf(Request.Failed.class);
        assertThat(fixture.entry()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Membership.class, names = "MEMBER", mode = EnumSource.Mode.EXCLUDE)
    void grantsAccessToFullMembersOnly(Membership membership) {
        fixture.workspace.addUser(new WorkspaceUser("U0ADA", "Ada", "T0TEAM", membership));
        RequestId id = fixture.createGrantedRequest();
        assertThat(fixture.request(id)).isInstanceOf(Request.Failed.class);
        assertThat(fixture.messageBlocks(id)).contains("not a full member");
    }

    /** Regression: if Slack did not know an approver, the grant was retried until the request expired. */
    @Test
    void ignoresApprovalsOfUsersWhomSlackDoesNotKnow() {
        RequestId id = fixture.createRequest("prod");
        fixture.approve(id, "U0GONE");
        fixture.reconcile(id);
        assertThat(fixture.request(id)).isInstanceOf(Request.Failed.class);
        assertThat(fixture.messageBlocks(id)).contains("<@U0GONE> is not a full member");
    }

    /** Regression: after somebody had deleted the message about a request, the requester got no direct message. */
    @Test
    void postsADeletedMessageAgain() {
        RequestId id = fixture.createRequest("prod");
        fixture.reconcile(id);
        fixture.workspace.delete(
                fixture.workspace.messages(GranterFixture.CHANNEL).getFirst());
        fixture.approve(id, "U0BOB");
        fixture.reconcile(id);
        assertThat(fixture.load(id).isPublished()).isTrue();
        assertThat(fixture.messageBlocks(id)).contains("Granted");
        assertThat(fixture.workspace.messages("U0ADA")).hasSize(1);
    }

    @Test
    void notifiesApproversOfBreakGlassAccess() {
        RequestedAccess access = GranterFixture.requestedAccess("prod", "admin", Set.of(), Optional.of("INC-7"));
        var pending = new Pending(
                new RequestDetails(RequestId.fromIdempotencyKey("emergency"), access, fixture.now()),
                List.<Approval>of(),
                fixture.now(),
                false);
        fixture.table.write(RequestWrite.create(pending.approve(new ApprovalRecord(
                ApprovalRecord.ApprovalMode.BREAK_GLASS, List.of(), fixture.terms(access), fixture.now()))));
        fixture.reconcile(pending.id());
        assertThat(fixture.request(pending.id())).isInstanceOf(Granted.class);
        assertThat(fixture.messageBlocks(pending.id())).contains("Break-glass", "INC-7", "do everything");
        for (String lead : List.of("U0BOB", "U0EVE")) {
            assertThat(fixture.workspace.messages(lead))
                    .singleElement()
                    .satisfies(message -> assertThat(message.text()).contains("INC-7"));
        }
    }

    private void extend(RequestId id, Extension.State state) {
        extend(id, Duration.ofMinutes(30), state, new Approval("U0BOB", fixture.now()));
    }

    private void extend(RequestId id, Duration by, Extension.State state, Approval... approvals) {
        VersionedRequest stored = fixture.load(id);
        var extension = new Extension(by, "not done yet", fixture.now(), List.of(approvals), state);
        fixture.table.write(RequestWrite.update(stored, ((Granted) stored.request()).withExtension(extension)));
    }
}
