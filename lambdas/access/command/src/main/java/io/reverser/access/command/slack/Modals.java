package io.reverser.access.command.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.access.policy.DenyReason;
import io.reverser.access.policy.Policy;
import io.reverser.configreader.Durations;
import io.reverser.slack.message.Blocks;
import io.reverser.slack.message.SlackView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Creates the Slack modals for cluster access. An input's block ID is also the key of its value in the submission. */
public final class Modals {

    public static final String REQUEST = "request";
    public static final String BREAK_GLASS = "break-glass";
    public static final String BREAK_GLASS_CONFIRMED = "break-glass-confirmed";
    public static final String REJECT = "reject";
    public static final String EXTEND = "extend";

    public static final String TARGET = "target";
    public static final String NAMESPACES = "namespaces";
    public static final String DURATION = "duration";
    public static final String REASON = "reason";
    public static final String INCIDENT = "incident";

    private static final List<Duration> DURATION_CHOICES = List.of(
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4),
            Duration.ofHours(8));

    private Modals() {}

    /**
     * The request form; empty when this person can request nothing, because Slack shows no modal that contains an empty
     * list.
     */
    static Optional<SlackView> request(Policy policy, String person) {
        return targets(policy, person, false).map(targets -> {
            var blocks = new ArrayList<ObjectNode>();
            blocks.add(Blocks.select(TARGET, "Access", targets));
            blocks.add(namespacesInput());
            blocks.add(Blocks.select(DURATION, "Duration", durationOptions()));
            blocks.add(Blocks.textInput(REASON, "Reason", "Shown to the approvers", false, true));
            return new SlackView(REQUEST, "Cluster access", "Request", "Cancel", "", blocks);
        });
    }

    /** The form for break-glass access, which needs no approval. */
    static Optional<SlackView> breakGlass(Policy policy, String person) {
        return targets(policy, person, true).map(targets -> {
            var blocks = new ArrayList<ObjectNode>();
            blocks.add(
                    Blocks.section(
                            ":rotating_light: *For emergencies only.* Access is granted at once, and the approvers are notified."));
            blocks.add(Blocks.select(TARGET, "Access", targets));
            blocks.add(namespacesInput());
            blocks.add(Blocks.select(DURATION, "Duration", durationOptions()));
            blocks.add(Blocks.textInput(INCIDENT, "Incident", "Number or name", false, false));
            blocks.add(Blocks.textInput(REASON, "Reason", "What is broken", false, true));
            return new SlackView(BREAK_GLASS, "Break-glass access", "Continue", "Cancel", "", blocks);
        });
    }

    /** The modal in which the user confirms break-glass access a second time. */
    static SlackView confirmBreakGlass(String metadata, String question) {
        return new SlackView(
                BREAK_GLASS_CONFIRMED,
                "Break the glass?",
                "Give me access now",
                "Back",
                metadata,
                List.of(Blocks.section(question)));
    }

    /** The form in which an approver gives the reason for a rejection. */
    static SlackView reject(String id) {
        return new SlackView(
                REJECT,
                "Reject request",
                "Reject",
                "Cancel",
                id,
                List.of(Blocks.textInput(REASON, "Reason", "Shown to the requester", false, true)));
    }

    /** The form in which the requester asks for an extension of the access. */
    public static SlackView extend(String id) {
        return new SlackView(
                EXTEND,
                "Extend access",
                "Request",
                "Cancel",
                id,
                List.of(
                        Blocks.select(DURATION, "Additional time", durationOptions()),
                        Blocks.textInput(REASON, "Reason", "Shown to the approvers", false, true)));
    }

    /** The modal that shows the result of a submitted form. */
    static SlackView result(String text) {
        return new SlackView("result", "Cluster access", "", "Close", "", List.of(Blocks.section(text)));
    }

    /** The block ID of the input under which Slack shows this denial. */
    static String fieldFor(DenyReason denyReason) {
        return switch (denyReason) {
            case DenyReason.NamespaceMissing missing -> NAMESPACES;
            case DenyReason.NamespaceNotApplicable superfluous -> NAMESPACES;
            case DenyReason.NamespaceNotAllowed unknown -> NAMESPACES;
            case DenyReason.TooShort tooShort -> DURATION;
            case DenyReason.TooLong tooLong -> DURATION;
            case DenyReason.TotalTooLong tooLong -> DURATION;
            case DenyReason.InvalidReasonLength reason -> REASON;
            case DenyReason.UnknownPerson person -> TARGET;
            case DenyReason.UnknownCluster cluster -> TARGET;
            case DenyReason.UnknownLevel level -> TARGET;
            case DenyReason.NotAllowed rule -> TARGET;
            case DenyReason.NotEnoughApprovers few -> TARGET;
            case DenyReason.NotAnApprover approver -> TARGET;
            case DenyReason.NotTheRequester other -> TARGET;
            case DenyReason.OwnRequest own -> TARGET;
        };
    }

    private static Optional<Map<String, String>> targets(Policy policy, String person, boolean breakGlass) {
        var targets = new LinkedHashMap<String, String>();
        policy.requestableLevels(person, breakGlass)
                .forEach((cluster, levels) -> new TreeSet<>(levels)
                        .forEach(level -> targets.put(cluster + " " + level, level + " on " + cluster)));
        return Optional.<Map<String, String>>of(targets).filter(all -> !all.isEmpty());
    }

    private static ObjectNode namespacesInput() {
        return Blocks.textInput(
                NAMESPACES,
                "Namespaces",
                "Separated by commas; only for access that is limited to namespaces",
                true,
                false);
    }

    private static Map<String, String> durationOptions() {
        var options = new LinkedHashMap<String, String>();
        DURATION_CHOICES.forEach(duration -> options.put(Durations.format(duration), Durations.format(duration)));
        return options;
    }
}
