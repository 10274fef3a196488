package io.reverser.access.granter.notification;

import static io.reverser.slack.message.Mrkdwn.code;
import static io.reverser.slack.message.Mrkdwn.escape;
import static io.reverser.slack.message.Mrkdwn.mention;
import static io.reverser.slack.message.Mrkdwn.time;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.access.policy.EksAccessPolicy.Capability;
import io.reverser.access.policy.GrantTerms;
import io.reverser.access.policy.RequestedAccess;
import io.reverser.access.request.Approval;
import io.reverser.access.request.ApprovalRecord;
import io.reverser.access.request.Extension;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Granted;
import io.reverser.access.request.RequestAction;
import io.reverser.configreader.Durations;
import io.reverser.slack.message.Blocks;
import io.reverser.slack.message.Blocks.Style;
import io.reverser.slack.message.Mrkdwn;
import io.reverser.slack.message.SlackMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All texts that the granter function posts in Slack. */
final class RequestMessages {

    private RequestMessages() {}

    /** The message about a request in the approvers' channel; the message is updated whenever the request changes. */
    static SlackMessage requestMessage(Request request, ApprovalContext approvalContext) {
        RequestedAccess access = request.details().access();
        var blocks = new ArrayList<ObjectNode>();
        blocks.add(Blocks.section(headline(request, approvalContext.approvers())));
        blocks.add(Blocks.fields(List.of(
                "*Who*\n" + mention(access.requester()),
                "*Access*\n" + accessText(access),
                "*Duration*\n" + access.duration().map(Durations::format).orElse("the default"),
                "*Reason*\n" + escape(access.reason()))));
        approvalContext.terms().ifPresent(terms -> blocks.add(Blocks.context(capabilityNote(terms))));
        blocks.addAll(buttons(request));
        blocks.add(Blocks.context(code(request.id().value())));
        return new SlackMessage(summary(request), blocks);
    }

    /** A reply in the thread of the request's message; the reply mentions the approvers. */
    static SlackMessage approverMention(Request request, Set<String> approvers) {
        String text = request instanceof Granted granted && granted.extension().isPresent()
                ? mentions(approvers) + ": "
                        + mention(request.details().access().requester())
                        + " requests an extension of "
                        + Durations.format(granted.extension().get().duration()) + ": "
                        + escape(granted.extension().get().reason())
                : mentions(approvers) + ": this request is still waiting for your decision.";
        return plainMessage(text);
    }

    /** The direct message about a request to a person: the requester, or an approver. */
    static SlackMessage directMessage(Request request, String person) {
        boolean own = request.details().access().requester().equals(person);
        return own && request instanceof Granted granted
                ? ownerMessage(granted)
                : plainMessage(summary(request) + outcomeNote(request));
    }

    private static SlackMessage ownerMessage(Granted granted) {
        String id = granted.id().value();
        var blocks = new ArrayList<ObjectNode>();
        blocks.add(Blocks.section(ownerText(granted)));
        blocks.add(Blocks.actions(
                Blocks.button(RequestAction.REVOKE.actionId(), "I'm done", id, Style.PRIMARY),
                Blocks.button(RequestAction.EXTEND.actionId(), "Extend…", id, Style.DEFAULT)));
        return new SlackMessage(summary(granted), blocks);
    }

    private static String ownerText(Granted granted) {
        GrantTerms terms = granted.approvalRecord().terms();
        if (granted.extension()
                .filter(extension -> extension.state() == Extension.State.REJECTED)
                .isPresent()) {
            return "Your access to " + code(terms.cluster()) + " was not extended. It ends " + time(granted.expiresAt())
                    + ".";
        }
        if (granted.reminded()) {
            return "Your access to " + code(terms.cluster()) + " ends " + time(granted.expiresAt()) + ".";
        }
        return "You have access to " + code(terms.cluster()) + " until " + time(granted.expiresAt()) + ".\n"
                + "```aws eks update-kubeconfig --name " + terms.cluster() + " --region " + terms.region() + "\n"
                + "kubectl get pods" + namespaceFlag(terms) + "```\n"
                + "It can take about a minute to take effect. " + code("kubectl auth can-i --list")
                + " does not show this kind of access. When it ends, the cluster denies new requests within about a minute;"
                + " an open exec or port-forward stays open.";
    }

    private static String headline(Request request, Collection<String> approvers) {
        return switch (request) {
            case Request.Pending pending ->
                ":hourglass_flowing_sand: *Access requested.* " + mentions(approvers) + "\nWaiting for approval until "
                        + time(pending.expiresAt()) + approvedBy(pending.approvals());
            case Request.Approved approved -> ":gear: *Approved*, being set up.";
            case Granted granted -> grantedHeadline(granted);
            case Request.Rejected rejected ->
                ":no_entry: *Rejected* by " + mention(rejected.by()) + " " + time(rejected.at()) + ": "
                        + escape(rejected.reason());
            case Request.Cancelled cancelled -> ":wastebasket: *Cancelled* " + time(cancelled.at());
            case Request.Expired expired ->
                expired.approvalRecord().isPresent()
                        ? ":white_check_mark: *Expired.* The access ended " + time(expired.at()) + "."
                        : ":zzz: *Request expired* " + time(expired.at()) + ", not approved in time.";
            case Request.Revoked revoked ->
                (revoked.revocation().by().equals(Request.Revocation.PLATFORM) ? ":warning:" : ":white_check_mark:")
                        + " *Revoked* by " + actor(revoked.revocation().by()) + " " + time(revoked.at())
                        + reasonSuffix(revoked.revocation().reason());
            case Request.Failed failed -> ":warning: *Could not be granted:* " + failed.reason();
        };
    }

    private static String grantedHeadline(Granted granted) {
        String emergency = granted.approvalRecord().mode() == ApprovalRecord.ApprovalMode.BREAK_GLASS
                ? ":rotating_light: *Break-glass* for "
                        + escape(granted.details().access().incident().orElse("")) + ". "
                : "";
        String revocation = granted.revocation().isPresent() ? " It is being revoked." : "";
        String extension = granted.extension()
                .filter(open -> open.state() == Extension.State.PENDING)
                .map(open -> "\n:heavy_plus_sign: *Extension requested:* " + Durations.format(open.duration())
                        + " more, " + escape(open.reason()) + approvedBy(open.approvals()))
                .orElse("");
        return emergency + ":key: *Granted* until " + time(granted.expiresAt()) + "."
                + approvedBy(granted.approvalRecord().approvals())
                + (granted.approvalRecord().mode() == ApprovalRecord.ApprovalMode.AUTOMATIC
                        ? " This rule requires no approval."
                        : "")
                + revocation
                + extension;
    }

    private static List<ObjectNode> buttons(Request request) {
        String id = request.id().value();
        return switch (request) {
            case Request.Pending pending ->
                List.of(Blocks.actions(
                        Blocks.button(RequestAction.APPROVE.actionId(), "Approve", id, Style.PRIMARY),
                        Blocks.button(RequestAction.REJECT.actionId(), "Reject…", id, Style.DANGER),
                        Blocks.button(RequestAction.CANCEL.actionId(), "Cancel request", id, Style.DEFAULT)));
            case Granted granted when granted.revocation().isEmpty() -> List.of(grantedButtons(granted, id));
            case Granted ending -> List.of();
            case Request.Approved over -> List.of();
            case Request.Rejected over -> List.of();
            case Request.Cancelled over -> List.of();
            case Request.Expired over -> List.of();
            case Request.Revoked over -> List.of();
            case Request.Failed over -> List.of();
        };
    }

    private static ObjectNode grantedButtons(Granted granted, String id) {
        ObjectNode revoke = Blocks.button(RequestAction.REVOKE.actionId(), "Revoke", id, Style.DANGER);
        boolean pending = granted.extension()
                .filter(extension -> extension.state() == Extension.State.PENDING)
                .isPresent();
        return pending
                ? Blocks.actions(
                        Blocks.button(
                                RequestAction.APPROVE_EXTENSION.actionId(), "Approve extension", id, Style.PRIMARY),
                        Blocks.button(RequestAction.REJECT_EXTENSION.actionId(), "Reject extension", id, Style.DEFAULT),
                        revoke)
                : Blocks.actions(revoke);
    }

    /** A note for the approver that describes the risk of the access. */
    private static String capabilityNote(GrantTerms terms) {
        String scope = terms.namespaces().isEmpty() ? "the whole cluster" : String.join(", ", terms.namespaces());
        return ":information_source: Scope: " + scope + ". "
                + (terms.capabilities().isEmpty()
                        ? "This access can read objects, but not Secrets, and cannot exec into pods."
                        : terms.capabilities().stream()
                                .sorted()
                                .map(RequestMessages::capabilityText)
                                .collect(Collectors.joining("; ", "This access can ", ".")));
    }

    private static String capabilityText(Capability capability) {
        return switch (capability) {
            case READ_SECRETS -> "read Secrets";
            case EXEC_IN_PODS -> "exec into pods";
            case IMPERSONATE_SERVICE_ACCOUNTS -> "create a service account's token, which outlives the access";
            case MANAGE_RBAC -> "grant others permissions that outlive the access";
            case UNRESTRICTED -> "do everything";
        };
    }

    private static String summary(Request request) {
        String what = "Access to " + request.details().access().cluster() + " for "
                + mention(request.details().access().requester()) + " ";
        return what
                + switch (request) {
                    case Request.Pending pending -> "is requested";
                    case Request.Approved approved -> "is being set up";
                    case Granted granted -> "is granted";
                    case Request.Rejected rejected -> "was rejected";
                    case Request.Cancelled cancelled -> "is no longer requested";
                    case Request.Expired expired ->
                        expired.approvalRecord().isPresent() ? "has expired" : "was not approved in time";
                    case Request.Revoked revoked -> "was revoked";
                    case Request.Failed failed -> "could not be granted";
                };
    }

    private static String outcomeNote(Request request) {
        return switch (request) {
            case Request.Rejected rejected -> " by " + mention(rejected.by()) + ": " + escape(rejected.reason());
            case Request.Failed failed -> ": " + failed.reason();
            case Request.Revoked revoked ->
                " by " + actor(revoked.revocation().by())
                        + reasonSuffix(revoked.revocation().reason());
            case Granted granted ->
                " until " + time(granted.expiresAt()) + " as break-glass access for "
                        + escape(granted.details().access().incident().orElse("")) + ": "
                        + escape(granted.details().access().reason());
            case Request.Pending pending -> "";
            case Request.Approved approved -> "";
            case Request.Cancelled cancelled -> "";
            case Request.Expired expired -> ".";
        };
    }

    private static String accessText(RequestedAccess access) {
        return code(access.level()) + " on " + code(access.cluster())
                + (access.namespaces().isEmpty() ? "" : ", " + code(String.join(", ", access.namespaces())));
    }

    private static String namespaceFlag(GrantTerms terms) {
        return terms.namespaces().isEmpty()
                ? ""
                : " --namespace " + terms.namespaces().first();
    }

    private static String approvedBy(List<Approval> approvals) {
        return approvals.isEmpty()
                ? ""
                : "\nApproved by "
                        + approvals.stream()
                                .map(approval -> mention(approval.by()) + " " + time(approval.at()))
                                .collect(Collectors.joining(", "));
    }

    private static String mentions(Collection<String> people) {
        return people.stream().sorted().map(Mrkdwn::mention).collect(Collectors.joining(" "));
    }

    private static String actor(String by) {
        return by.equals(Request.Revocation.PLATFORM) ? "the platform" : mention(by);
    }

    private static String reasonSuffix(String reason) {
        return reason.isBlank() ? "" : ": " + escape(reason);
    }

    private static SlackMessage plainMessage(String text) {
        return new SlackMessage(text, List.of(Blocks.section(text)));
    }
}
