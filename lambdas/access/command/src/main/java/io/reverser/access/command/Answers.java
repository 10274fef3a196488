package io.reverser.access.command;

import static io.reverser.slack.Text.code;
import static io.reverser.slack.Text.codeLines;
import static io.reverser.slack.Text.cut;
import static io.reverser.slack.Text.escape;
import static io.reverser.slack.Text.mention;
import static io.reverser.slack.Text.time;
import static java.util.Objects.requireNonNull;

import io.reverser.access.policy.Namespaces;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.Refusal;
import io.reverser.access.policy.Wish;
import io.reverser.access.request.Audit;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Granted;
import io.reverser.settings.Durations;
import io.reverser.settings.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything that this function says. */
final class Answers {

    static final String CLICK_LOST = "That did not get through. Please click once more.";

    static final String NO_WINDOWS = "This environment has no maintenance windows.";
    static final String WINDOWS_UNREADABLE = "The maintenance windows cannot be read; the log says why.";

    static final String NO_NAMESPACES =
            "At most " + Namespaces.MOST + " names of namespaces, separated by commas, like shop, dev-1";

    private static final int MOST_QUOTED = 60;

    private Answers() {}

    static String windows(String explanation) {
        return codeLines(explanation);
    }

    static String help(Policy policy, String person) {
        return """
                *`/cluster-access`* opens a form. In one line it is
                %s
                • `list` shows what is open, `status <id>` what became of a request
                • `extend <id> 30m <why>` asks for more time, `revoke <id>` ends access early, `cancel <id>` takes a request back
                • `break-glass` is for emergencies: at once, and everybody is told
                • `whoami` shows what you may ask for""".formatted(example(policy, person));
    }

    static String wrong(CommandText.Wrong wrong, Policy policy, String person) {
        String what = switch (wrong.mistake()) {
            case NO_LEVEL -> quoted(wrong.found()) + " is taken for a cluster, and no level follows.";
            case NO_DURATION ->
                wrong.found().isEmpty()
                        ? "It does not say for how long."
                        : quoted(wrong.found()) + " is no length of time like `30m`, `1h30m` or `8h`.";
            case NO_REASON -> "It does not say why.";
            case NO_REQUEST ->
                wrong.found().isEmpty()
                        ? "It does not say which request; `list` shows their names."
                        : quoted(wrong.found()) + " is no name of a request; `list` shows them.";
            case BAD_NAMESPACES ->
                quoted(wrong.found()) + " are not up to " + Namespaces.MOST
                        + " names of namespaces, like `ns=shop,dev-1`.";
        };
        return switch (wrong.mistake()) {
            case NO_REQUEST -> what;
            case NO_LEVEL, NO_DURATION, NO_REASON, BAD_NAMESPACES ->
                what + " For example:\n"
                        + wrong.extended()
                                .map(id -> code("/cluster-access extend " + id + " 30m why it takes longer"))
                                .orElseGet(() -> example(policy, person));
        };
    }

    static String nothingToAskFor(boolean breakGlass) {
        return "No rule lets you ask for " + (breakGlass ? "break-glass access." : "access to any cluster.")
                + " `/cluster-access whoami` shows what is known of you.";
    }

    static String formTooLate(Policy policy, String person) {
        return "Slack did not open the form in time. Please try again, or write it in one line:\n"
                + example(policy, person);
    }

    static String whoAmI(Policy policy, String person) {
        return policy.person(person)
                .map(known -> "You are " + escape(known.name()) + ", " + code(known.principalArn()) + ".\n"
                        + offers("You may ask for", policy.offers(person, false))
                        + offers("\nIn an emergency", policy.offers(person, true)))
                .orElse("The policy does not know you. Your Slack user ID is " + code(person) + ".");
    }

    private static String offers(String when, Map<String, Set<String>> offers) {
        return offers.isEmpty()
                ? when + " nothing."
                : offers.entrySet().stream()
                        .map(offer -> "• " + code(offer.getKey()) + ": " + String.join(", ", offer.getValue()))
                        .collect(Collectors.joining("\n", when + "\n", ""));
    }

    static String list(List<Request> requests) {
        return requests.isEmpty()
                ? "Nothing is open."
                : requests.stream().map(Answers::line).collect(Collectors.joining("\n"));
    }

    static String reply(Reply reply) {
        return switch (reply) {
            case Reply.Done(Request request) -> line(request);
            case Reply.Refused(Refusal why) -> refusal(why);
            case Reply.HasAlready(Request request) ->
                "There is one request at a time for each cluster, and you have this:\n" + line(request)
                        + instead(request);
            case Reply.Capped capped -> "You had this as often as it is given without asking.";
            case Reply.NotNow(Request request) -> "That is not possible as it is now:\n" + line(request);
            case Reply.ApprovedAlready already -> "You approved this already; it takes somebody else as well.";
            case Reply.AsksAlready(Request request) -> "You asked for more time already:\n" + line(request);
            case Reply.NotAllowedNow changed ->
                "The policy has changed and does not allow this any more. Please refuse it.";
            case Reply.NoSuchRequest(String id) -> "There is no request " + code(id) + " that you may see.";
            case Reply.WrongMessage wrong ->
                "This button does not belong to that request; please use the request's own message.";
            case Reply.Busy busy -> "Others are at this right now, and nothing was changed. Please try again.";
            case Reply.Status(Request request, List<Audit> audit) ->
                line(request) + "\n" + audit.stream().map(Answers::record).collect(Collectors.joining("\n"));
        };
    }

    /** What can be done with a request that stands in the way of another one. */
    private static String instead(Request request) {
        String id = request.id().value();
        return switch (request) {
            case Request.Pending pending -> "\nTo take it back: " + code("/cluster-access cancel " + id);
            case Granted granted ->
                "\nTo keep it longer: " + code("/cluster-access extend " + id + " 30m why it takes longer")
                        + "\nTo end it: " + code("/cluster-access revoke " + id);
            case Request.Approved soon -> "";
            case Request.Refused over -> "";
            case Request.Cancelled over -> "";
            case Request.Expired over -> "";
            case Request.Revoked over -> "";
            case Request.Failed over -> "";
        };
    }

    static String confirmEmergency(Wish wish) {
        return "You will get " + what(wish) + " for "
                + wish.duration().map(Durations::text).orElse("the usual time") + ", for "
                + escape(wish.incident().orElse(""))
                + ". Everybody who could have approved it is told now, with your reason.";
    }

    static String refusal(Refusal refusal) {
        return switch (refusal) {
            case Refusal.UnknownPerson(String person) ->
                "The policy does not know you. Your Slack user ID is " + code(person) + ".";
            case Refusal.UnknownCluster(String name, List<String> known) ->
                "There is no cluster " + quoted(name) + meant(name, known);
            case Refusal.UnknownLevel(String name, List<String> known) ->
                "There is no level " + quoted(name) + meant(name, known);
            case Refusal.NotAllowed(String cluster, String level, boolean breakGlass) ->
                "No rule gives you " + code(level) + " on " + code(cluster) + (breakGlass ? " in an emergency." : ".");
            case Refusal.NamespaceMissing(String level, List<String> offered) ->
                code(level) + " is given for namespaces; name some of " + String.join(", ", offered) + ".";
            case Refusal.NamespaceNotPossible(String level) ->
                code(level) + " is given for the whole cluster; leave the namespaces out.";
            case Refusal.NamespaceNotOffered(String namespace, List<String> offered) ->
                quoted(namespace) + " cannot be asked for; possible are " + String.join(", ", offered) + ".";
            case Refusal.TooShort(var asked, var shortest) ->
                Durations.text(asked) + " is too short; at least " + Durations.text(shortest) + ".";
            case Refusal.TooLong(var asked, var longest) ->
                Durations.text(asked) + " is too long; at most " + Durations.text(longest) + ".";
            case Refusal.TooLongInAll(var whole, var longest) ->
                "With that it would last " + Durations.text(whole) + " in all; at most " + Durations.text(longest)
                        + ".";
            case Refusal.BadReason(int characters, int fewest, int most) ->
                "The reason has " + characters + " characters; it takes " + fewest + " to " + most + ".";
            case Refusal.NobodyToApprove(int possible, int needed) ->
                "It takes " + needed + " to approve this, and only " + possible + " could.";
            case Refusal.NotAnApprover(String person) -> "You may not decide this.";
            case Refusal.NotTheRequester(String person) -> "Only who asked for it can do that.";
            case Refusal.OwnRequest(String person, String principalArn) ->
                "Nobody decides about access for himself, or for the principal that he works with.";
        };
    }

    /** A request in a line. */
    private static String line(Request request) {
        Wish wish = request.ask().wish();
        return code(request.id().value()) + " " + mention(wish.who()) + ": " + what(wish) + ", " + state(request);
    }

    private static String what(Wish wish) {
        return code(wish.level()) + " on " + code(wish.cluster())
                + (wish.namespaces().isEmpty() ? "" : ", " + code(String.join(", ", wish.namespaces())));
    }

    private static String state(Request request) {
        return switch (request) {
            case Request.Pending pending ->
                "waits for approval until " + time(pending.until())
                        + (pending.approvals().isEmpty()
                                ? ""
                                : ", approved by " + pending.approvals().size());
            case Request.Approved approved -> "approved, is being set up";
            case Granted granted -> "granted until " + time(granted.until()) + change(granted);
            case Request.Refused refused -> "refused by " + mention(refused.by()) + " " + time(refused.at());
            case Request.Cancelled cancelled -> "taken back " + time(cancelled.at());
            case Request.Expired expired ->
                "over " + time(expired.at()) + (expired.decision().isPresent() ? "" : ", nobody decided");
            case Request.Revoked revoked -> "ended early " + time(revoked.at());
            case Request.Failed failed -> "could not be given: " + failed.why();
        };
    }

    /** What is about to change of it. */
    private static String change(Granted granted) {
        return granted.ending().isPresent()
                ? ", is being ended"
                : granted.extension()
                        .map(more -> switch (more.state()) {
                            case OPEN -> ", waits for approval of " + Durations.text(more.by()) + " more";
                            case APPROVED -> ", is being extended by " + Durations.text(more.by());
                            case REFUSED -> "";
                        })
                        .orElse("");
    }

    private static String record(Audit audit) {
        String actor = audit.actor().equals(Request.Ending.PLATFORM) ? "the platform" : mention(audit.actor());
        return "• " + time(audit.at()) + " " + actor + " "
                + audit.action().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (audit.outcome() == Audit.Outcome.DONE
                        ? ""
                        : ", " + audit.outcome().name().toLowerCase(Locale.ROOT));
    }

    /** What somebody typed, as much of it as shows which word is meant. */
    private static String quoted(String typed) {
        return code(cut(typed, MOST_QUOTED));
    }

    private static String meant(String name, List<String> known) {
        return Nearest.to(name, known)
                .map(near -> "; did you mean " + code(near) + "?")
                .orElse("; there are " + String.join(", ", known) + ".");
    }

    /** One that works for this person. */
    private static String example(Policy policy, String person) {
        return policy.offers(person, false).entrySet().stream()
                .flatMap(offer -> offer.getValue().stream()
                        .map(level -> code("/cluster-access " + offer.getKey() + " " + level
                                + namespaces(policy, offer.getKey(), level) + " 30m why you need it")))
                .findFirst()
                .orElse(code("/cluster-access prod view 30m why you need it"));
    }

    private static String namespaces(Policy policy, String cluster, String level) {
        boolean namespaced = policy.levels().containsKey(level)
                && requireNonNull(policy.levels().get(level)).namespaced();
        return namespaced
                ? " ns="
                        + requireNonNull(policy.clusters().get(cluster))
                                .namespaces()
                                .getFirst()
                                .replace("*", "1")
                : "";
    }
}
