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

/** All texts that the command function shows in Slack. */
final class CommandMessages {

    static final String ACTION_NOT_FORWARDED = "Your click could not be processed. Please click again.";

    static final String NO_WINDOWS = "This environment has no maintenance windows.";
    static final String WINDOWS_UNREADABLE =
            "The maintenance windows cannot be read. The function's log has the reason.";

    static final String INVALID_NAMESPACES =
            "Enter up to " + Namespaces.MAX_COUNT + " namespaces, separated by commas, like shop, dev-1";

    private static final int MAX_QUOTED_LENGTH = 60;

    private CommandMessages() {}

    static String maintenanceWindows(String explanation) {
        return codeBlock(explanation);
    }

    static String help(Policy policy, String person) {
        return """
                *`/cluster-access`* opens a form. You can also type the request in one line:
                %s
                • `list` shows open requests, `status <id>` the history of one
                • `extend <id> 30m <reason>` requests more time, `revoke <id>` ends access now, `cancel <id>` cancels a pending request
                • `break-glass` is for emergencies: access is granted at once, and the approvers are notified
                • `whoami` shows what you can request""".formatted(example(policy, person));
    }

    static String invalidCommand(CommandText.Invalid invalid, Policy policy, String person) {
        String problem = switch (invalid.mistake()) {
            case MISSING_LEVEL -> quoted(invalid.found()) + " looks like a cluster, but no access level follows.";
            case INVALID_DURATION ->
                invalid.found().isEmpty()
                        ? "The duration is missing."
                        : quoted(invalid.found()) + " is not a duration like `30m`, `1h30m` or `8h`.";
            case MISSING_REASON -> "The reason is missing.";
            case INVALID_REQUEST_ID ->
                invalid.found().isEmpty()
                        ? "The request ID is missing; `list` shows the IDs."
                        : quoted(invalid.found()) + " is not a request ID; `list` shows the IDs.";
            case INVALID_NAMESPACES ->
                quoted(invalid.found()) + " is not a list of up to " + Namespaces.MAX_COUNT
                        + " namespaces like `ns=shop,dev-1`.";
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
        return "No rule lets you request " + (breakGlass ? "break-glass access." : "access to any cluster.")
                + " `/cluster-access whoami` shows your entry in the policy.";
    }

    static String formTimedOut(Policy policy, String person) {
        return "Slack did not open the form in time. Please try again, or type the request in one line:\n"
                + example(policy, person);
    }

    static String whoAmI(Policy policy, String person) {
        return policy.findPerson(person)
                .map(known -> "You are " + escape(known.name()) + ", " + code(known.principalArn()) + ".\n"
                        + requestableLevels("You can request", policy.requestableLevels(person, false))
                        + requestableLevels(
                                "\nIn an emergency, you can request", policy.requestableLevels(person, true)))
                .orElse(unknownPerson(person));
    }

    private static String unknownPerson(String userId) {
        return "You are not in the access policy. Ask an administrator to add your Slack user ID, " + code(userId)
                + ".";
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
                ? "There are no open requests."
                : requests.stream().map(CommandMessages::summary).collect(Collectors.joining("\n"));
    }

    static String result(ActionResult result) {
        return switch (result) {
            case ActionResult.Done(Request request) -> summary(request);
            case ActionResult.Denied(DenyReason reason) -> denial(reason);
            case ActionResult.AlreadyActive(Request request) ->
                "You can have one request per cluster, and you already have this one:\n" + summary(request)
                        + alternatives(request);
            case ActionResult.LimitReached capped -> "You have used up your automatic approvals for this period.";
            case ActionResult.WrongState(Request request) ->
                "That is not possible in the request's current state:\n" + summary(request);
            case ActionResult.AlreadyApproved already ->
                "You have already approved this; it also needs another approver.";
            case ActionResult.ExtensionPending(Request request) ->
                "You have already requested an extension:\n" + summary(request);
            case ActionResult.NoLongerAllowed changed ->
                "The policy has changed and no longer allows this. Please reject it.";
            case ActionResult.NotFound(String id) ->
                "There is no request " + code(id) + ", or you are not allowed to see it.";
            case ActionResult.WrongMessage wrong ->
                "This button does not belong to that request. Please use the buttons on the request's own message.";
            case ActionResult.Busy busy ->
                "The request is being changed by others at this moment, so nothing was done. Please try again.";
            case ActionResult.Status(Request request, List<AuditRecord> auditRecord) ->
                summary(request) + "\n"
                        + auditRecord.stream().map(CommandMessages::auditLine).collect(Collectors.joining("\n"));
        };
    }

    /** The commands with which the user can cancel, extend or revoke the open request that blocks a new one. */
    private static String alternatives(Request request) {
        String id = request.id().value();
        return switch (request) {
            case Request.Pending pending -> "\nTo cancel it: " + code("/cluster-access cancel " + id);
            case Granted granted ->
                "\nTo extend it: " + code("/cluster-access extend " + id + " 30m why it takes longer")
                        + "\nTo end it now: " + code("/cluster-access revoke " + id);
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
                + access.duration().map(Durations::format).orElse("the default duration") + ", for the incident "
                + escape(access.incident().orElse(""))
                + ". When you confirm, access is granted at once, and the approvers are notified with your reason.";
    }

    static String denial(DenyReason denyReason) {
        return switch (denyReason) {
            case DenyReason.UnknownPerson(String person) -> unknownPerson(person);
            case DenyReason.UnknownCluster(String name, List<String> known) ->
                "There is no cluster " + quoted(name) + suggestion(name, known);
            case DenyReason.UnknownLevel(String name, List<String> known) ->
                "There is no level " + quoted(name) + suggestion(name, known);
            case DenyReason.NotAllowed(String cluster, String level, boolean breakGlass) ->
                "No rule gives you " + code(level) + " on " + code(cluster)
                        + (breakGlass ? " as break-glass access." : ".");
            case DenyReason.NamespaceMissing(String level, List<String> offered) ->
                code(level) + " needs at least one namespace; choose from " + String.join(", ", offered) + ".";
            case DenyReason.NamespaceNotApplicable(String level) ->
                code(level) + " applies to the whole cluster; leave the namespaces out.";
            case DenyReason.NamespaceNotAllowed(String namespace, List<String> offered) ->
                quoted(namespace) + " cannot be requested; choose from " + String.join(", ", offered) + ".";
            case DenyReason.TooShort(var asked, var minDuration) ->
                Durations.format(asked) + " is too short; the minimum is " + Durations.format(minDuration) + ".";
            case DenyReason.TooLong(var asked, var maxDuration) ->
                Durations.format(asked) + " is too long; the maximum is " + Durations.format(maxDuration) + ".";
            case DenyReason.TotalTooLong(var total, var maxDuration) ->
                "The access would last " + Durations.format(total) + " in total; the maximum is "
                        + Durations.format(maxDuration) + ".";
            case DenyReason.InvalidReasonLength(int characters, int minLength, int maxLength) ->
                "The reason has " + characters + " characters; it must have " + minLength + " to " + maxLength + ".";
            case DenyReason.NotEnoughApprovers(int possible, int needed) ->
                "This needs " + needed + " approvers, and the policy has only " + possible + " who can approve it.";
            case DenyReason.NotAnApprover(String person) -> "You are not an approver of this request.";
            case DenyReason.NotTheRequester(String person) -> "Only the requester can do that.";
            case DenyReason.OwnRequest(String person, String principalArn) ->
                "You cannot approve your own request, or one for an IAM principal that you share.";
        };
    }

    /** Describes a request in one line. */
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
                "waiting for approval until " + time(pending.expiresAt())
                        + (pending.approvals().isEmpty()
                                ? ""
                                : ", approvals so far: " + pending.approvals().size());
            case Request.Approved approved -> "approved, being set up";
            case Granted granted -> "granted until " + time(granted.expiresAt()) + pendingChange(granted);
            case Request.Rejected rejected -> "rejected by " + mention(rejected.by()) + " " + time(rejected.at());
            case Request.Cancelled cancelled -> "cancelled " + time(cancelled.at());
            case Request.Expired expired ->
                "expired " + time(expired.at())
                        + (expired.approvalRecord().isPresent() ? "" : ", not approved in time");
            case Request.Revoked revoked -> "revoked " + time(revoked.at());
            case Request.Failed failed -> "could not be granted: " + failed.reason();
        };
    }

    /** Describes a revocation or extension that has not taken effect yet. */
    private static String pendingChange(Granted granted) {
        return granted.revocation().isPresent()
                ? ", being revoked"
                : granted.extension()
                        .map(extension -> switch (extension.state()) {
                            case PENDING ->
                                ", waiting for approval of " + Durations.format(extension.duration()) + " more";
                            case APPROVED -> ", being extended by " + Durations.format(extension.duration());
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

    /** Truncates the user's input and formats it as inline code. */
    private static String quoted(String typed) {
        return code(truncate(typed, MAX_QUOTED_LENGTH));
    }

    private static String suggestion(String name, List<String> known) {
        return DidYouMean.suggest(name, known)
                .map(suggestion -> "; did you mean " + code(suggestion) + "?")
                .orElse("; choose from " + String.join(", ", known) + ".");
    }

    /** An example of a {@code /cluster-access} command that the policy allows this person. */
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
