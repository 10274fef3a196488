package io.reverser.access.change;

import static io.reverser.slack.Text.code;
import static io.reverser.slack.Text.escape;
import static io.reverser.slack.Text.mention;
import static io.reverser.slack.Text.time;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.access.policy.AccessPolicy.Power;
import io.reverser.access.policy.Terms;
import io.reverser.access.policy.Wish;
import io.reverser.access.request.Approval;
import io.reverser.access.request.Button;
import io.reverser.access.request.Decision;
import io.reverser.access.request.Extension;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Granted;
import io.reverser.settings.Durations;
import io.reverser.slack.Blocks;
import io.reverser.slack.Blocks.Style;
import io.reverser.slack.SlackMessage;
import io.reverser.slack.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything that this function says. */
final class Wording {

    private Wording() {}

    /** The message in the approvers' channel, which is always the present state. */
    static SlackMessage channel(Request request, Audience audience) {
        Wish wish = request.ask().wish();
        var blocks = new ArrayList<ObjectNode>();
        blocks.add(Blocks.section(headline(request, audience.people())));
        blocks.add(Blocks.fields(List.of(
                "*Who*\n" + mention(wish.who()),
                "*What*\n" + what(wish),
                "*How long*\n" + wish.duration().map(Durations::text).orElse("as usual"),
                "*Why*\n" + escape(wish.reason()))));
        audience.terms().ifPresent(terms -> blocks.add(Blocks.context(risk(terms))));
        blocks.addAll(buttons(request));
        blocks.add(Blocks.context(code(request.id().value())));
        return new SlackMessage(summary(request), blocks);
    }

    /** A line below it that calls the approvers. */
    static SlackMessage approvers(Request request, Set<String> people) {
        String text = request instanceof Granted granted && granted.extension().isPresent()
                ? mentions(people) + " " + mention(request.ask().wish().who()) + " asks for "
                        + Durations.text(granted.extension().get().by()) + " more: "
                        + escape(granted.extension().get().reason())
                : mentions(people) + " this is still waiting for you.";
        return message(text);
    }

    /** A direct message. */
    static SlackMessage direct(Request request, String person) {
        boolean own = request.ask().wish().who().equals(person);
        return own && request instanceof Granted granted ? owner(granted) : message(summary(request) + note(request));
    }

    private static SlackMessage owner(Granted granted) {
        String id = granted.id().value();
        var blocks = new ArrayList<ObjectNode>();
        blocks.add(Blocks.section(ownerText(granted)));
        blocks.add(Blocks.actions(
                Blocks.button(Button.REVOKE.actionId(), "I'm done", id, Style.PRIMARY),
                Blocks.button(Button.EXTEND.actionId(), "Extend…", id, Style.PLAIN)));
        return new SlackMessage(summary(granted), blocks);
    }

    private static String ownerText(Granted granted) {
        Terms terms = granted.decision().terms();
        if (granted.extension()
                .filter(more -> more.state() == Extension.State.REFUSED)
                .isPresent()) {
            return "Your access to " + code(terms.cluster()) + " is not extended. It ends " + time(granted.until())
                    + ".";
        }
        if (granted.reminded()) {
            return "Your access to " + code(terms.cluster()) + " ends " + time(granted.until()) + ".";
        }
        return "You have access to " + code(terms.cluster()) + " until " + time(granted.until()) + ".\n"
                + "```aws eks update-kubeconfig --name " + terms.cluster() + " --region " + terms.region() + "\n"
                + "kubectl get pods" + namespace(terms) + "```\n"
                + "It can take about a minute until the cluster knows. " + code("kubectl auth can-i --list")
                + " does not show this kind of access. After the end new requests are refused within about a minute;"
                + " an open exec or port-forward is not cut.";
    }

    private static String headline(Request request, Collection<String> people) {
        return switch (request) {
            case Request.Pending pending ->
                ":hourglass_flowing_sand: *Access requested.* " + mentions(people) + "\nOpen until "
                        + time(pending.until()) + approvedBy(pending.approvals());
            case Request.Approved approved -> ":gear: *Approved, being set up.*";
            case Granted granted -> granted(granted);
            case Request.Refused refused ->
                ":no_entry: *Refused* by " + mention(refused.by()) + " " + time(refused.at()) + ": "
                        + escape(refused.why());
            case Request.Cancelled cancelled -> ":wastebasket: *Taken back* " + time(cancelled.at());
            case Request.Expired expired ->
                expired.decision().isPresent()
                        ? ":white_check_mark: *Over.* The access ended " + time(expired.at()) + "."
                        : ":zzz: *Lapsed* " + time(expired.at()) + ", nobody decided.";
            case Request.Revoked revoked ->
                (revoked.ending().by().equals(Request.Ending.PLATFORM) ? ":warning:" : ":white_check_mark:")
                        + " *Ended early* by " + actor(revoked.ending().by()) + " " + time(revoked.at())
                        + because(revoked.ending().why());
            case Request.Failed failed -> ":warning: *Not given:* " + failed.why();
        };
    }

    private static String granted(Granted granted) {
        String emergency = granted.decision().way() == Decision.Way.BREAK_GLASS
                ? ":rotating_light: *Break-glass* for "
                        + escape(granted.ask().wish().incident().orElse("")) + ". "
                : "";
        String ending = granted.ending().isPresent() ? " It is being ended." : "";
        String more = granted.extension()
                .filter(extension -> extension.state() == Extension.State.OPEN)
                .map(extension -> "\n:heavy_plus_sign: Asks for " + Durations.text(extension.by()) + " more: "
                        + escape(extension.reason()) + approvedBy(extension.approvals()))
                .orElse("");
        return emergency + ":key: *Granted* until " + time(granted.until()) + "."
                + approvedBy(granted.decision().approvals())
                + (granted.decision().way() == Decision.Way.AUTOMATIC ? " The rule needs nobody's approval." : "")
                + ending
                + more;
    }

    private static List<ObjectNode> buttons(Request request) {
        String id = request.id().value();
        return switch (request) {
            case Request.Pending pending ->
                List.of(Blocks.actions(
                        Blocks.button(Button.APPROVE.actionId(), "Approve", id, Style.PRIMARY),
                        Blocks.button(Button.REFUSE.actionId(), "Refuse…", id, Style.DANGER),
                        Blocks.button(Button.CANCEL.actionId(), "Take back", id, Style.PLAIN)));
            case Granted granted when granted.ending().isEmpty() -> List.of(grantedButtons(granted, id));
            case Granted ending -> List.of();
            case Request.Approved over -> List.of();
            case Request.Refused over -> List.of();
            case Request.Cancelled over -> List.of();
            case Request.Expired over -> List.of();
            case Request.Revoked over -> List.of();
            case Request.Failed over -> List.of();
        };
    }

    private static ObjectNode grantedButtons(Granted granted, String id) {
        ObjectNode end = Blocks.button(Button.REVOKE.actionId(), "End now", id, Style.DANGER);
        boolean asked = granted.extension()
                .filter(more -> more.state() == Extension.State.OPEN)
                .isPresent();
        return asked
                ? Blocks.actions(
                        Blocks.button(Button.APPROVE_EXTENSION.actionId(), "Approve more time", id, Style.PRIMARY),
                        Blocks.button(Button.REFUSE_EXTENSION.actionId(), "Refuse more time", id, Style.PLAIN),
                        end)
                : Blocks.actions(end);
    }

    /** What an approver should know before saying yes. */
    private static String risk(Terms terms) {
        String scope = terms.namespaces().isEmpty() ? "the whole cluster" : String.join(", ", terms.namespaces());
        return ":information_source: " + scope + ". "
                + (terms.powers().isEmpty()
                        ? "Reads, but no secrets; runs nothing."
                        : terms.powers().stream()
                                .sorted()
                                .map(Wording::power)
                                .collect(Collectors.joining("; ", "With it one ", ".")));
    }

    private static String power(Power power) {
        return switch (power) {
            case READS_SECRETS -> "reads secrets";
            case RUNS_COMMANDS -> "runs commands in pods";
            case ACTS_AS_SERVICE_ACCOUNTS -> "can take a service account's token, which outlasts the access";
            case CHANGES_PERMISSIONS -> "gives others lasting permissions";
            case DOES_EVERYTHING -> "may do everything";
        };
    }

    private static String summary(Request request) {
        String what = "Access to " + request.ask().wish().cluster() + " for "
                + mention(request.ask().wish().who()) + " ";
        return what
                + switch (request) {
                    case Request.Pending pending -> "is asked for";
                    case Request.Approved approved -> "is being set up";
                    case Granted granted -> "is granted";
                    case Request.Refused refused -> "is refused";
                    case Request.Cancelled cancelled -> "is not asked for any more";
                    case Request.Expired expired ->
                        expired.decision().isPresent() ? "is over" : "was not decided in time";
                    case Request.Revoked revoked -> "was ended early";
                    case Request.Failed failed -> "could not be given";
                };
    }

    private static String note(Request request) {
        return switch (request) {
            case Request.Refused refused -> " by " + mention(refused.by()) + ": " + escape(refused.why());
            case Request.Failed failed -> ": " + failed.why();
            case Request.Revoked revoked ->
                " by " + actor(revoked.ending().by()) + because(revoked.ending().why());
            case Granted granted ->
                " until " + time(granted.until()) + ", as an emergency: "
                        + escape(granted.ask().wish().incident().orElse("")) + ", "
                        + escape(granted.ask().wish().reason());
            case Request.Pending pending -> "";
            case Request.Approved approved -> "";
            case Request.Cancelled cancelled -> "";
            case Request.Expired expired -> ".";
        };
    }

    private static String what(Wish wish) {
        return code(wish.level()) + " on " + code(wish.cluster())
                + (wish.namespaces().isEmpty() ? "" : ", " + code(String.join(", ", wish.namespaces())));
    }

    private static String namespace(Terms terms) {
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
        return people.stream().sorted().map(Text::mention).collect(Collectors.joining(" "));
    }

    private static String actor(String by) {
        return by.equals(Request.Ending.PLATFORM) ? "the platform" : mention(by);
    }

    private static String because(String why) {
        return why.isBlank() ? "" : ": " + escape(why);
    }

    private static SlackMessage message(String text) {
        return new SlackMessage(text, List.of(Blocks.section(text)));
    }
}
