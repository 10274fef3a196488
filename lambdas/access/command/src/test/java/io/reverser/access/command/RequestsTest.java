package io.reverser.access.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.access.request.Audit;
import io.reverser.access.request.Button;
import io.reverser.access.request.Change;
import io.reverser.access.request.Decision;
import io.reverser.access.request.Extension;
import io.reverser.access.request.Post;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Approved;
import io.reverser.access.request.Request.Granted;
import io.reverser.access.request.Request.Pending;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.Stored;
import io.reverser.simulators.aws.Faults.Fault;
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

/** What people do in Slack, and what comes of it. */
class RequestsTest {

    private static final String VIEW = "prod view 1h the basket is slow";
    private static final String EDIT = "prod edit ns=shop 1h the basket is slow";

    private static final Map<String, String> EMERGENCY = Map.of(
            Views.TARGET, "prod admin",
            Views.DURATION, "30m",
            Views.INCIDENT, "INC-7",
            Views.REASON, "everything is down");

    private final Desk desk = new Desk();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void asksTheApprovers() {
        RequestId id = desk.ask("U0ADA", VIEW);
        assertThat(desk.request(id))
                .isInstanceOfSatisfying(
                        Pending.class,
                        pending -> assertThat(pending.until())
                                .isEqualTo(pending.ask().at().plus(Duration.ofHours(4))));
        assertThat(desk.table.audit(id))
                .singleElement()
                .satisfies(audit -> assertThat(audit.action()).isEqualTo(Audit.Action.REQUEST));
    }

    @Test
    void takesOneYesWhereOneIsEnough() {
        RequestId id = desk.shown("U0ADA", VIEW);
        assertThat(click("U0BOB", Button.APPROVE, id)).isEmpty();
        assertThat(desk.request(id)).isInstanceOfSatisfying(Approved.class, approved -> {
            assertThat(approved.decision().way()).isEqualTo(Decision.Way.APPROVED);
            assertThat(approved.decision().approvals().getFirst().by()).isEqualTo("U0BOB");
        });
    }

    /** aws-samples team 38: a quorum, in which one person counts once. */
    @Test
    void takesTwoDifferentPeopleWhereTwoAreNeeded() {
        RequestId id = desk.shown("U0ADA", EDIT);
        click("U0BOB", Button.APPROVE, id);
        assertThat(click("U0BOB", Button.APPROVE, id)).contains("somebody else");
        assertThat(desk.request(id)).isInstanceOf(Pending.class);
        click("U0EVE", Button.APPROVE, id);
        assertThat(desk.request(id)).isInstanceOf(Approved.class);
    }

    /** sso-elevator 47: two approvers at once made two revocations. */
    @Test
    void takesTwoApproversAtOnceAsOneDecision() throws Exception {
        RequestId id = desk.shown("U0ADA", EDIT);
        List<Callable<String>> clicks = List.of(
                () -> click("U0BOB", Button.APPROVE, id),
                () -> click("U0EVE", Button.APPROVE, id),
                () -> click("U0BOB", Button.APPROVE, id),
                () -> click("U0EVE", Button.APPROVE, id));
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var click : people.invokeAll(clicks)) {
                click.get();
            }
        }
        assertThat(((Approved) desk.request(id)).decision().approvals()).hasSize(2);
        assertThat(desk.table.find(id).orElseThrow().version()).isEqualTo(3);
    }

    /** Slack sends again what was not answered in time. */
    @Test
    void takesTheSameDeliveryOnce() {
        String body = Desk.command("U0ADA", VIEW, "the-same-trigger");
        HttpAnswer first = desk.handle(body);
        assertThat(desk.handle(body)).isEqualTo(first);
        assertThat(desk.table.open()).hasSize(1);
        RequestId id = desk.table.open().getFirst().request().id();
        Stored stored = desk.table.find(id).orElseThrow();
        desk.table.show(stored, new Stored.Shown(stored.version(), Desk.MESSAGE, "asked"));
        for (int i = 0; i < 2; i++) {
            desk.handle(desk.clicked("U0BOB", "approve", id.value(), Desk.MESSAGE, "one-click"));
        }
        assertThat(desk.table.find(id).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void asksOnceWhenTheAnswerOfTheTableIsLost() {
        desk.aws.faults().plan("DynamoDB.TransactWriteItems", Fault.CUT_AFTER, 1);
        desk.ask("U0ADA", VIEW);
        assertThat(desk.table.open()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"U0ADA, U0ADA", "U0TWIN, U0TWIX"})
    void letsNobodyDecideAboutHimselfOrHisOwnPrincipal(String requester, String approver) {
        RequestId id = desk.shown(requester, VIEW);
        assertThat(click(approver, Button.APPROVE, id)).contains("for himself");
        assertThat(desk.request(id)).isInstanceOf(Pending.class);
        assertThat(desk.table.audit(id)).anySatisfy(audit -> {
            assertThat(audit.outcome()).isEqualTo(Audit.Outcome.DENIED);
            assertThat(audit.actor()).isEqualTo(approver);
        });
    }

    /** sso-elevator's Discard needed no authority at all. */
    @ParameterizedTest
    @CsvSource({
        "U0STRANGER, approve, may not decide",
        "U0BOB, cancel, Only who asked",
        "U0TWIN, approve, may not decide"
    })
    void letsNobodyElseDecide(String person, String button, String said) {
        RequestId id = desk.shown("U0ADA", VIEW);
        assertThat(desk.click(person, button, id.value())).contains(said);
        assertThat(desk.request(id)).isInstanceOf(Pending.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"U0STRANGER", "U0TWIN", "U0ADA"})
    void letsNobodyElseRefuse(String person) {
        RequestId id = desk.shown("U0ADA", VIEW);
        desk.submit(person, Views.REFUSE, id.value(), Map.of(Views.REASON, "no"));
        assertThat(desk.request(id)).isInstanceOf(Pending.class);
    }

    @Test
    void refusesAButtonThatWasMovedOrAltered() {
        RequestId view = desk.shown("U0ADA", VIEW);
        RequestId other = desk.ask("U0TWIN", VIEW);
        Stored stored = desk.table.find(other).orElseThrow();
        desk.table.show(stored, new Stored.Shown(stored.version(), new Post("C0APPROVALS", "2.2"), "asked"));
        assertThat(click("U0BOB", Button.APPROVE, other)).contains("does not belong");
        assertThat(desk.click("U0BOB", "approve", view.value(), new Post("C0ELSEWHERE", "1.1"), "t1"))
                .contains("does not belong");
        assertThat(desk.click("U0BOB", "approve", "r-2222222222")).contains("no request");
        assertThat(desk.click("U0BOB", "approve", "<!channel>")).isEmpty();
        assertThat(desk.request(view)).isInstanceOf(Pending.class);
        assertThat(desk.request(other)).isInstanceOf(Pending.class);
    }

    @Test
    void takesAClickThatIsFasterThanTheRecordOfTheMessage() {
        RequestId id = desk.ask("U0ADA", VIEW);
        assertThat(click("U0BOB", Button.APPROVE, id)).isEmpty();
        assertThat(desk.request(id)).isInstanceOf(Approved.class);
    }

    @Test
    void asksThePolicyOfTheMomentOfTheClick(@TempDir Path folder) throws IOException {
        RequestId id = desk.shown("U0ADA", VIEW);
        String policy = Files.readString(Path.of("src/test/resources/access.yaml"));
        desk.deploy(Files.writeString(
                folder.resolve("access.yaml"),
                policy.replace("leads: [U0BOB, U0EVE, U0TWIX]", "leads: [U0EVE, U0TWIX]")));
        assertThat(click("U0BOB", Button.APPROVE, id)).contains("may not decide");
        assertThat(desk.request(id)).isInstanceOf(Pending.class);
    }

    @Test
    void saysWhoDecidedBefore() {
        RequestId id = desk.shown("U0ADA", VIEW);
        desk.submit("U0EVE", Views.REFUSE, id.value(), Map.of(Views.REASON, "not today"));
        assertThat(click("U0BOB", Button.APPROVE, id)).contains("refused by <@U0EVE>");
    }

    @Test
    void takesNoYesAfterTheTimeToDecide() {
        RequestId id = desk.shown("U0ADA", VIEW);
        desk.aws.clock().move(Duration.ofHours(4));
        assertThat(click("U0BOB", Button.APPROVE, id)).contains("not possible as it is now");
        assertThat(desk.request(id)).isInstanceOf(Pending.class);
    }

    /** strongDM accessbot 67: automatic, but only so often; then people are asked. */
    @Test
    void givesByItselfOnlySoOften() {
        for (int i = 0; i < 2; i++) {
            RequestId id = desk.ask("U0EVE", "old view 30m the basket is slow");
            Approved approved = (Approved) desk.request(id);
            assertThat(approved.decision().way()).isEqualTo(Decision.Way.AUTOMATIC);
            desk.table.write(Change.of(desk.table.find(id).orElseThrow(), approved.fail("over", desk.now())));
        }
        RequestId third = desk.ask("U0EVE", "old view 30m the basket is slow");
        assertThat(desk.request(third)).isInstanceOf(Pending.class);
    }

    /** glide 619: no feedback when there is a grant already. */
    @Test
    void offersToExtendWhatSomebodyHas() {
        RequestId id = granted();
        assertThat(desk.type("U0ADA", VIEW)).contains("you have this", "extend " + id, "revoke " + id);
    }

    @Test
    void offersToTakeBackWhatSomebodyAskedFor() {
        RequestId id = desk.ask("U0ADA", VIEW);
        assertThat(desk.type("U0ADA", EDIT))
                .contains("you have this", "cancel " + id)
                .doesNotContain("extend");
    }

    @Test
    void givesAtOnceInAnEmergencyAlsoToWhomNobodyAnswered() {
        desk.ask("U0ADA", VIEW);
        desk.submit("U0ADA", Views.EMERGENCY_CONFIRMED, emergency(EMERGENCY), Map.of());
        assertThat(desk.table.open())
                .anySatisfy(stored -> assertThat(stored.request()).isInstanceOf(Approved.class));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            U0EVE | whoami                     | • `old`: view
            U0ADA | whoami                     | In an emergency
            U0TWIX| whoami                     | In an emergency nothing.
            U0ADA | extend r-2222222222 soon   | /cluster-access extend r-2222222222 30m
            U0ADA | status 17                  | `17` is no name of a request; `list` shows them.
            """)
    void answersWhatWasMeant(String person, String typed, String said) {
        assertThat(desk.type(person, typed)).contains(said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            U0ADA | prd view 1h the basket is slow         | did you mean `prod`
            U0ADA | prod veiw 1h the basket is slow        | did you mean `view`
            U0ADA | prod view 9h the basket is slow        | 9h is too long; at most 8h
            U0ADA | prod view 52d the basket is slow       | too long
            U0ADA | prod view 1m the basket is slow        | too short
            U0ADA | prod view 1h short                     | The reason has 5 characters
            U0ADA | prod edit 1h the basket is slow        | name some of shop, dev-*
            U0ADA | prod edit ns=kube-system 1h it is slow | `kube-system` cannot be asked for
            U0ADA | prod view ns=shop 1h it is so slow     | leave the namespaces out
            U0ADA | prod admin 1h the basket is slow       | No rule gives you `admin` on `prod`
            U0BOB | prod edit ns=shop 1h it is so slow     | No rule gives you `edit`
            U0XXX | prod view 1h the basket is slow        | does not know you
            U0ADA | prod view soon                         | `soon` is no length of time
            U0ADA | prod                                   | /cluster-access prod edit ns=shop 30m
            """)
    void saysWhatWasWrongAndWhatWouldBeRight(String person, String typed, String said) {
        assertThat(desk.type(person, typed)).contains(said);
        assertThat(desk.table.open()).isEmpty();
    }

    @Test
    void showsWhatPeopleTypeAsTextOnly() {
        RequestId id = desk.ask("U0ADA", "prod view 1h <!channel> *look* & see");
        assertThat(desk.request(id).ask().wish().reason()).isEqualTo("<!channel> *look* & see");
        assertThat(desk.type("U0ADA", "status " + id)).doesNotContain("<!channel>");
        assertThat(desk.type("U0ADA", "<!channel>")).doesNotContain("<!channel>");
    }

    @Test
    void takesReasonsByCharactersNotByBytes() {
        assertThat(desk.type("U0ADA", "prod view 1h " + "\uD83D\uDE80".repeat(501)))
                .contains("has 501 characters");
        assertThat(desk.type("U0ADA", "prod view 1h " + "x".repeat(3001))).contains("has 3001 characters");
        desk.ask("U0ADA", "prod view 1h " + "\uD83D\uDE80".repeat(500));
    }

    @Test
    void opensAFormWithWhatThisPersonMayAskFor() {
        assertThat(desk.type("U0ADA", "")).isEmpty();
        assertThat(desk.workspace.views())
                .singleElement()
                .satisfies(view ->
                        assertThat(view).contains("prod view", "prod edit").doesNotContain("prod admin"));
    }

    /** sso-elevator 46: an empty list broke the modal for ever. */
    @Test
    void opensNoFormWithNothingInIt() {
        assertThat(desk.type("U0STRANGER", "")).contains("No rule lets you ask");
        assertThat(desk.type("U0BOB", "break-glass")).contains("No rule lets you ask for break-glass");
        assertThat(desk.workspace.views()).isEmpty();
    }

    @Test
    void offersTheLineWhenTheFormComesTooLate() {
        JsonNode answer = Desk.json(desk.handle(Desk.command("U0ADA", "", "expired-trigger")));
        assertThat(answer.path("text").asText()).contains("did not open the form", "/cluster-access prod edit ns=shop");
    }

    @Test
    void takesTheForm() {
        JsonNode answer =
                desk.submit("U0ADA", Views.REQUEST, "", form("prod edit", "shop", "2h", "the basket is slow"));
        assertThat(answer.path("response_action").asText()).isEqualTo("update");
        assertThat(desk.table.open())
                .singleElement()
                .satisfies(stored ->
                        assertThat(stored.request().ask().wish().namespaces()).containsExactly("shop"));
    }

    @ParameterizedTest
    @CsvSource({
        "prod edit, '', 2h, the basket is slow, namespaces",
        "prod edit, *, 2h, the basket is slow, namespaces",
        "prod edit, shop, 8h, the basket is slow, duration",
        "prod edit, shop, 2h, slow, reason",
        "prod admin, '', 2h, the basket is slow, target"
    })
    void showsEachMistakeWhereItIs(String target, String namespaces, String duration, String reason, String block) {
        JsonNode answer = desk.submit("U0ADA", Views.REQUEST, "", form(target, namespaces, duration, reason));
        assertThat(answer.path("response_action").asText()).isEqualTo("errors");
        assertThat(answer.path("errors").path(block).asText()).isNotEmpty();
    }

    @Test
    void breaksTheGlassAfterASecondConfirmation() {
        String metadata = emergency(EMERGENCY);
        assertThat(desk.table.open()).isEmpty();
        desk.submit("U0ADA", Views.EMERGENCY_CONFIRMED, metadata, Map.of());
        Request request = desk.table.open().getFirst().request();
        assertThat(((Approved) request).decision().way()).isEqualTo(Decision.Way.BREAK_GLASS);
        assertThat(desk.table.audit(request.id()).getFirst().action()).isEqualTo(Audit.Action.BREAK_GLASS);
    }

    @Test
    void writesDownAnEmergencyThatThePolicyRefuses() {
        var form = new HashMap<>(EMERGENCY);
        form.put(Views.DURATION, "30h");
        String refused = Desk.submission("U0ADA", Views.EMERGENCY, "", form, "too-long");
        assertThat(desk.handle(refused).toString()).contains("errors");
        assertThat(desk.table.open()).isEmpty();
        assertThat(desk.table.audit(RequestId.of("view-V0VIEW-too-long")))
                .singleElement()
                .satisfies(audit -> {
                    assertThat(audit.outcome()).isEqualTo(Audit.Outcome.DENIED);
                    assertThat(audit.actor()).isEqualTo("U0ADA");
                });
    }

    /** A level for namespaces used to be refused below an input that the form did not have. */
    @Test
    void breaksTheGlassForNamespaces() {
        var form = new HashMap<>(EMERGENCY);
        form.put(Views.TARGET, "prod edit");
        assertThat(desk.submit("U0ADA", Views.EMERGENCY, "", form)
                        .path("errors")
                        .path(Views.NAMESPACES)
                        .asText())
                .contains("name some of");
        form.put(Views.NAMESPACES, "shop, dev-1");
        desk.submit("U0ADA", Views.EMERGENCY_CONFIRMED, emergency(form), Map.of());
        assertThat(desk.table.open().getFirst().request().ask().wish().namespaces())
                .containsExactly("dev-1", "shop");
        desk.type("U0ADA", "break-glass");
        assertThat(desk.workspace.views()).singleElement().asString().contains("\"block_id\":\"namespaces\"");
    }

    @Test
    void believesAnEmergencyNoMoreThanThePolicy() {
        String altered =
                "{\"cluster\":\"prod\",\"level\":\"admin\",\"duration\":\"8h\",\"reason\":\"everything is down\","
                        + "\"incident\":\"INC-7\"}";
        assertThat(desk.submit("U0ADA", Views.EMERGENCY_CONFIRMED, altered, Map.of())
                        .toString())
                .contains("at most 1h");
        assertThat(desk.table.open()).isEmpty();
    }

    @Test
    void extendsWithTheSameApprovalAsBefore() {
        RequestId id = granted();
        desk.submit("U0ADA", Views.EXTEND, id.value(), Map.of(Views.DURATION, "30m", Views.REASON, "not done yet"));
        assertThat(((Granted) desk.request(id)).extension()).isPresent();
        assertThat(click("U0ADA", Button.APPROVE_EXTENSION, id)).contains("for himself");
        assertThat(click("U0BOB", Button.APPROVE_EXTENSION, id)).isEmpty();
        assertThat(((Granted) desk.request(id)).extension().orElseThrow().state())
                .isEqualTo(Extension.State.APPROVED);
    }

    @Test
    void extendsNoFurtherThanTheRule() {
        RequestId id = granted();
        assertThat(desk.type("U0ADA", "extend " + id + " 8h not done yet")).contains("9h in all; at most 8h");
        assertThat(desk.type("U0EVE", "extend " + id + " 30m not done yet")).contains("Only who asked");
        assertThat(desk.type("U0ADA", "extend " + id + " 30m " + "&".repeat(501)))
                .contains("has 501 characters");
        assertThat(((Granted) desk.request(id)).extension()).isEmpty();
    }

    /** What the approvers see, and are about to click on, must not become something else. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takesOneWishForMoreTimeAtATime(boolean approved) {
        RequestId id = granted();
        desk.type("U0ADA", "extend " + id + " 30m not done yet");
        if (approved) {
            click("U0BOB", Button.APPROVE_EXTENSION, id);
        }
        assertThat(desk.type("U0ADA", "extend " + id + " 6h not done yet"))
                .contains("asked for more time already", approved ? "extended by 30m" : "approval of 30m more");
        assertThat(((Granted) desk.request(id)).extension().orElseThrow().by()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void takesAnotherWishForMoreTimeAfterANo() {
        RequestId id = granted();
        desk.type("U0ADA", "extend " + id + " 30m not done yet");
        click("U0BOB", Button.REFUSE_EXTENSION, id);
        assertThat(desk.type("U0ADA", "extend " + id + " 15m nearly done")).contains("approval of 15m more");
    }

    @Test
    void countsOneYesOfEachForMoreTime() {
        RequestId id = desk.shown("U0ADA", EDIT);
        click("U0BOB", Button.APPROVE, id);
        click("U0EVE", Button.APPROVE, id);
        give(id);
        desk.type("U0ADA", "extend " + id + " 30m not done yet");
        click("U0BOB", Button.APPROVE_EXTENSION, id);
        assertThat(click("U0BOB", Button.APPROVE_EXTENSION, id)).contains("somebody else");
        assertThat(extension(id).approvals()).hasSize(1);
        click("U0EVE", Button.APPROVE_EXTENSION, id);
        assertThat(extension(id).state()).isEqualTo(Extension.State.APPROVED);
    }

    @Test
    void extendsNothingAfterItsEnd() {
        RequestId id = granted();
        desk.type("U0ADA", "extend " + id + " 30m not done yet");
        desk.aws.clock().move(Duration.ofMinutes(61));
        assertThat(click("U0BOB", Button.APPROVE_EXTENSION, id)).contains("not possible as it is now");
        assertThat(extension(id).state()).isEqualTo(Extension.State.OPEN);
    }

    /** Nobody was asked, or somebody was because it had been given as often as it is; so it is with more time. */
    @ParameterizedTest
    @CsvSource({"0, APPROVED", "2, OPEN"})
    void extendsByItselfOnlyWhatWasGivenByItself(int before, Extension.State state) {
        for (int i = 0; i < before; i++) {
            RequestId id = desk.ask("U0EVE", "old view 15m the basket is slow");
            desk.table.write(Change.of(
                    desk.table.find(id).orElseThrow(), ((Approved) desk.request(id)).fail("over", desk.now())));
        }
        RequestId id = desk.shown("U0EVE", "old view 15m the basket is slow");
        if (before > 0) {
            click("U0BOB", Button.APPROVE, id);
        }
        give(id);
        desk.type("U0EVE", "extend " + id + " 30m not done yet");
        assertThat(extension(id).state()).isEqualTo(state);
    }

    /** aws-samples team 398: said revoked, and it was not allowed. */
    @ParameterizedTest
    @CsvSource({"U0ADA, true", "U0BOB, true", "U0EVE, true", "U0TWIN, false", "U0STRANGER, false"})
    void endsEarlyForWhoMay(String person, boolean allowed) {
        RequestId id = granted();
        desk.type(person, "revoke " + id + " all done");
        assertThat(((Granted) desk.request(id)).ending().isPresent()).isEqualTo(allowed);
    }

    @Test
    void showsRequestsToWhomTheyConcern() {
        RequestId id = desk.ask("U0ADA", VIEW);
        assertThat(desk.type("U0ADA", "list")).contains(id.value());
        assertThat(desk.type("U0BOB", "list")).contains(id.value());
        assertThat(desk.type("U0STRANGER", "list")).isEqualTo("Nothing is open.");
        assertThat(desk.type("U0BOB", "status " + id)).contains(id.value(), "request");
        assertThat(desk.type("U0STRANGER", "status " + id)).contains("no request");
    }

    @Test
    void takesARequestBack() {
        RequestId id = desk.ask("U0ADA", VIEW);
        assertThat(desk.type("U0ADA", "cancel " + id)).contains("taken back");
        assertThat(desk.request(id)).isInstanceOf(Request.Cancelled.class);
    }

    @Test
    void recordsWhatWasDenied() {
        desk.handle(Desk.command("U0ADA", "prod view 9h the basket is slow", "denied-trigger"));
        assertThat(desk.table.audit(RequestId.of("command-denied-trigger")))
                .singleElement()
                .satisfies(audit -> {
                    assertThat(audit.outcome()).isEqualTo(Audit.Outcome.DENIED);
                    assertThat(audit.detail().toString()).contains("TooLong");
                });
    }

    /** What waits in the second confirmation. */
    private String emergency(Map<String, String> form) {
        JsonNode first = desk.submit("U0ADA", Views.EMERGENCY, "", form);
        assertThat(first.path("response_action").asText()).isEqualTo("push");
        return first.path("view").path("private_metadata").asText();
    }

    private RequestId granted() {
        RequestId id = desk.shown("U0ADA", VIEW);
        click("U0BOB", Button.APPROVE, id);
        give(id);
        return id;
    }

    /** As *change* would. */
    private void give(RequestId id) {
        Stored stored = desk.table.find(id).orElseThrow();
        desk.table.write(Change.of(stored, ((Approved) stored.request()).grant(desk.now())));
    }

    private Extension extension(RequestId id) {
        return ((Granted) desk.request(id)).extension().orElseThrow();
    }

    private String click(String person, Button button, RequestId id) {
        return desk.click(person, button.actionId(), id.value());
    }

    private static Map<String, String> form(String target, String namespaces, String duration, String reason) {
        return Map.of(
                Views.TARGET, target, Views.NAMESPACES, namespaces, Views.DURATION, duration, Views.REASON, reason);
    }
}
