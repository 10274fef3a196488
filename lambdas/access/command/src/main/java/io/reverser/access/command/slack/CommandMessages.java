package io.reverser.access.command.slack;

import static io.reverser.slack.message.Mrkdwn.code;
import static io.reverser.slack.message.Mrkdwn.codeBlock;
import static io.reverser.slack.message.Mrkdwn.escape;
import static io.reverser.slack.message.Mrkdwn.mention;
import static io.reverser.slack.message.Mrkdwn.time;
import static io.reverser.slack.message.Mrkdwn.truncate;
import static java.util.Objects.requireNonNull;

import io.reverser.access.command.workflow.ActionResult;
import io.reverser.access.policy.DenyReason;
import io.reverser.access.policy.Namespaces;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.RequestedAccess;
import io.reverser.access.request.AuditRecord;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Granted;
import io.reverser.configreader.DidYouMean;
import io.reverser.configreader.Durations;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything that this function says. */
final class CommandMessages {

    static final String ACTION_NOT_FORWARDED = "That did not get through. Please click once more.";

    static final String NO_WINDOWS = "This environment has no maintenance windows.";
    static final String WINDOWS_UNREADABLE = "The maintenance windows cannot be read; the log says why.";

    static final String INVALID_NAMESPACES =
            "At most " + Namespaces.MAX_COUNT + " names of namespaces, separated by commas, like shop, dev-1";

    private static final int MAX_QUOTED_LENGTH = 60;

    private CommandMessages() {}

    static String maintenanceWindows(String explanation) {
        return codeBlock(explanation);
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

    static String invalidCommand(CommandText.Invalid invalid, Policy policy, String person) {
        String problem = switch (invalid.mistake()) {
            case MISSING_LEVEL -> quoted(invalid.found()) + " is taken for a cluster, and no level follows.";
            case INVALID_DURATION ->
                invalid.found().isEmpty()
                        ? "It does not say for how long."
                        : quoted(invalid.found()) + " is no length of time like `30m`, `1h30m` or `8h`.";
            case MISSING_REASON -> "It does not say why.";
            case INVALID_REQUEST_ID ->
                invalid.found().isEmpty()
                        ? "It does not say which request; `list` shows their names."
                        : quoted(invalid.found()) + " is no name of a request; `list` shows them.";
            case INVALID_NAMESPACES ->
                quoted(invalid.found()) + " are not up to " + Namespaces.MAX_COUNT
                        + " names of namespaces, like `ns=shop,dev-1`.";
        };
        return switch (invalid.mistake()) {
            case INVALID_REQUEST_ID -> problem;
            case MISSING_LEVEL, INVALID_DURATION, MISSING_REASON, INVALID_NAMESPACES ->
                problem + " For example:\n"
                        + invalid.extendedRequest()
                                .map(id -> code("/cluster-access extend " + id + " 30m why it takes longer"))
                                .orElseGet(() -> example(policy, person));
        };
    }

    static String noAccessOffered(boolean breakGlass) {
        return "No rule lets you ask for " + (breakGlass ? "break-glass access." : "access to any cluster.")
                + " `/cluster-access whoami` shows what is known of you.";
    }

    static String formTimedOut(Policy policy, String person) {
        return "Slack did not open the form in time. Please try again, or write it in one line:\n"
                + example(policy, person);
    }

    static String whoAmI(Policy policy, String person) {
        return policy.findPerson(person)
                .map(known -> "You are " + escape(known.name()) + ", " + code(known.principalArn()) + ".\n"
                        + requestableLevels("You may ask for", policy.requestableLevels(person, false))
                        + requestableLevels("\nIn an emergency", policy.requestableLevels(person, true)))
                .orElse("The policy does not know you. Your Slack user ID is " + code(person) + ".");
    }

    private static String requestableLevels(String heading, Map<String, Set<String>> offers) {
        return offers.isEmpty()
                ? heading + " nothing."
                : offers.entrySet().stream()
                        .map(offer -> "• " + code(offer.getKey()) + ": " + String.join(", ", offer.getValue()))
                        .collect(Collectors.joining("\n", heading + "\n", ""));
    }

    static String list(List<Request> requests) {
        return requests.isEmpty()
                ? "Nothing is open."
                : requests.stream().map(CommandMessages::summary).collect(Collectors.joining("\n"));
    }

    static String result(ActionResult result) {
        return switch (result) {
            case ActionResult.Done(Request request) -> summary(request);
            case ActionResult.Denied(DenyReason reason) -> denial(reason);
            case ActionResult.AlreadyActive(Request request) ->
                "There is one request at a time for each cluster, and you have this:\n" + summary(request)
                        + alternatives(request);
            case ActionResult.LimitReached capped -> "You have used up your automatic approvals for now.";
            case ActionResult.WrongState(Request request) -> "That is not possible as it is now:\n" + summary(request);
            case ActionResult.AlreadyApproved already -> "You approved this already; it also needs another approver.";
            case ActionResult.ExtensionPending(Request request) ->
                "You asked for more time already:\n" + summary(request);
            case ActionResult.NoLongerAllowed changed ->
                "The policy has changed and does not allow this any more. Please refuse it.";
            case ActionResult.NotFound(String id) -> "There is no request " + code(id) + " that you may see.";
            case ActionResult.WrongMessage wrong ->
                "This button does not belong to that request; please use the request's own message.";
            case ActionResult.Busy busy -> "Others are at this right now, and nothing was changed. Please try again.";
            case ActionResult.Status(Request request, List<AuditRecord> auditRecord) ->
                summary(request) + "\n"
                        + auditRecord.stream().map(CommandMessages::auditLine).collect(Collectors.joining("\n"));
        };
    }

    /** What can be done with a request that stands in the way of another one. */
    private static String alternatives(Request request) {
        String id = request.id().value();
        return switch (request) {
            case Request.Pending pending -> "\nTo take it back: " + code("/cluster-access cancel " + id);
            case Granted granted ->
                "\nTo keep it longer: " + code("/cluster-access extend " + id + " 30m why it takes longer")
                        + "\nTo end it: " + code("/cluster-access revoke " + id);
            case Request.Approved soon -> "";
            case Request.Rejected over -> "";
            case Request.Cancelled over -> "";
            case Request.Expired over -> "";
            case Request.Revoked over -> "";
            case Request.Failed over -> "";
        };
    }

    static String confirmBreakGlass(RequestedAccess access) {
        return "You will get " + target(access) + " for "
                + access.duration().map(Durations::format).orElse("the usual time") + ", for "
                + escape(access.incident().orElse(""))
                + ". Its approvers are told now, with your reason.";
    }

    static String denial(DenyReason denyReason) {
        return switch (denyReason) {
            case DenyReason.UnknownPerson(String person) ->
                "The policy does not know you. Your Slack user ID is " + code(person) + ".";
            case DenyReason.UnknownCluster(String name, List<String> known) ->
                "There is no cluster " + quoted(name) + suggestion(name, known);
            case DenyReason.UnknownLevel(String name, List<String> known) ->
                "There is no level " + quoted(name) + suggestion(name, known);
            case DenyReason.NotAllowed(String cluster, String level, boolean breakGlass) ->
                "No rule gives you " + code(level) + " on " + code(cluster) + (breakGlass ? " in an emergency." : ".");
            case DenyReason.NamespaceMissing(String level, List<String> offered) ->
                code(level) + " is given for namespaces; name some of " + String.join(", ", offered) + ".";
            case DenyReason.NamespaceNotApplicable(String level) ->
                code(level) + " is given for the whole cluster; leave the namespaces out.";
            case DenyReason.NamespaceNotAllowed(String namespace, List<String> offered) ->
                quoted(namespace) + " cannot be asked for; possible are " + String.join(", ", offered) + ".";
            case DenyReason.TooShort(var asked, var minDuration) ->
                Durations.format(asked) + " is too short; at least " + Durations.format(minDuration) + ".";
            case DenyReason.TooLong(var asked, var maxDuration) ->
                Durations.format(asked) + " is too long; at most " + Durations.format(maxDuration) + ".";
            case DenyReason.TotalTooLong(var total, var maxDuration) ->
                "With that it would last " + Durations.format(total) + " in all; at most "
                        + Durations.format(maxDuration) + ".";
            case DenyReason.InvalidReasonLength(int characters, int minLength, int maxLength) ->
                "The reason has " + characters + " characters; it takes " + minLength + " to " + maxLength + ".";
            case DenyReason.NotEnoughApprovers(int possible, int needed) ->
                "It takes " + needed + " to approve this, and only " + possible + " could.";
            case DenyReason.NotAnApprover(String person) -> "You may not decide this.";
            case DenyReason.NotTheRequester(String person) -> "Only who asked for it can do that.";
            case DenyReason.OwnRequest(String person, String principalArn) ->
                "You cannot approve your own request, or one for an IAM principal that you share.";
        };
    }

    /** A request in a line. */
    private static String summary(Request request) {
        RequestedAccess access = request.details().access();
        return code(request.id().value()) + " " + mention(access.requester()) + ": " + target(access) + ", "
                + state(request);
    }

    private static String target(RequestedAccess access) {
        return code(access.level()) + " on " + code(access.cluster())
                + (access.namespaces().isEmpty() ? "" : ", " + code(String.join(", ", access.namespaces())));
    }

    private static String state(Request request) {
        return switch (request) {
            case Request.Pending pending ->
                "waits for approval until " + time(pending.expiresAt())
                        + (pending.approvals().isEmpty()
                                ? ""
                                : ", approved by " + pending.approvals().size());
            case Request.Approved approved -> "approved, is being set up";
            case Granted granted -> "granted until " + time(granted.expiresAt()) + pendingChange(granted);
            case Request.Rejected rejected -> "refused by " + mention(rejected.by()) + " " + time(rejected.at());
            case Request.Cancelled cancelled -> "taken back " + time(cancelled.at());
            case Request.Expired expired ->
                "over " + time(expired.at()) + (expired.approvalRecord().isPresent() ? "" : ", not decided in time");
            case Request.Revoked revoked -> "ended early " + time(revoked.at());
            case Request.Failed failed -> "could not be given: " + failed.reason();
        };
    }

    /** What is about to change of it. */
    private static String pendingChange(Granted granted) {
        return granted.revocation().isPresent()
                ? ", is being ended"
                : granted.extension()
                        .map(extension -> switch (extension.state()) {
                            case PENDING ->
                                ", waits for approval of " + Durations.format(extension.duration()) + " more";
                            case APPROVED -> ", is being extended by " + Durations.format(extension.duration());
                            case REJECTED -> "";
                        })
                        .orElse("");
    }

    private static String auditLine(AuditRecord auditRecord) {
        String actor =
                auditRecord.actor().equals(Request.Revocation.PLATFORM) ? "the platform" : mention(auditRecord.actor());
        return "• " + time(auditRecord.at()) + " " + actor + " "
                + auditRecord.action().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (auditRecord.outcome() == AuditRecord.AuditOutcome.DONE
                        ? ""
                        : ", " + auditRecord.outcome().name().toLowerCase(Locale.ROOT));
    }

    /** Quotes the user's input as code, truncated. */
    private static String quoted(String typed) {
        return code(truncate(typed, MAX_QUOTED_LENGTH));
    }

    private static String suggestion(String name, List<String> known) {
        return DidYouMean.suggest(name, known)
                .map(suggestion -> "; did you mean " + code(suggestion) + "?")
                .orElse("; there are " + String.join(", ", known) + ".");
    }

    /** One that works for this person. */
    private static String example(Policy policy, String person) {
        return policy.requestableLevels(person, false).entrySet().stream()
                .flatMap(offer -> offer.getValue().stream()
                        .map(level -> code("/cluster-access " + offer.getKey() + " " + level
                                + namespacesArgument(policy, offer.getKey(), level) + " 30m why you need it")))
                .findFirst()
                .orElse(code("/cluster-access prod view 30m why you need it"));
    }

    private static String namespacesArgument(Policy policy, String cluster, String level) {
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
