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

/** Modals. The names of their inputs are the names of what comes back. */
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

    /** What this person may ask for; empty when that is nothing, because an empty list would break the modal. */
    static Optional<SlackView> request(Policy policy, String person) {
        return targets(policy, person, false).map(targets -> {
            var blocks = new ArrayList<ObjectNode>();
            blocks.add(Blocks.select(TARGET, "Access", targets));
            blocks.add(namespacesInput());
            blocks.add(Blocks.select(DURATION, "How long", durationOptions()));
            blocks.add(Blocks.textInput(REASON, "Why", "The approvers read this", false, true));
            return new SlackView(REQUEST, "Cluster access", "Request", "Cancel", "", blocks);
        });
    }

    /** The form for break-glass access, which needs no approval. */
    static Optional<SlackView> breakGlass(Policy policy, String person) {
        return targets(policy, person, true).map(targets -> {
            var blocks = new ArrayList<ObjectNode>();
            blocks.add(Blocks.section(
                    ":rotating_light: *For emergencies.* Access is granted at once, and its approvers are told."));
            blocks.add(Blocks.select(TARGET, "Access", targets));
            blocks.add(namespacesInput());
            blocks.add(Blocks.select(DURATION, "How long", durationOptions()));
            blocks.add(Blocks.textInput(INCIDENT, "Incident", "Its number or name", false, false));
            blocks.add(Blocks.textInput(REASON, "Why", "What is broken", false, true));
            return new SlackView(BREAK_GLASS, "Break-glass access", "Continue", "Cancel", "", blocks);
        });
    }

    /** Asks once more. */
    static SlackView confirmBreakGlass(String metadata, String question) {
        return new SlackView(
                BREAK_GLASS_CONFIRMED,
                "Break the glass?",
                "Give me access now",
                "Back",
                metadata,
                List.of(Blocks.section(question)));
    }

    /** Asks why not. */
    static SlackView reject(String id) {
        return new SlackView(
                REJECT,
                "Refuse request",
                "Refuse",
                "Cancel",
                id,
                List.of(Blocks.textInput(REASON, "Why not", "Who asked will read this", false, true)));
    }

    /** Asks how much longer. */
    public static SlackView extend(String id) {
        return new SlackView(
                EXTEND,
                "More time",
                "Ask",
                "Cancel",
                id,
                List.of(
                        Blocks.select(DURATION, "How much longer", durationOptions()),
                        Blocks.textInput(REASON, "Why", "The approvers read this", false, true)));
    }

    /** Says how it went. */
    static SlackView result(String text) {
        return new SlackView("result", "Cluster access", "", "Close", "", List.of(Blocks.section(text)));
    }

    /** Below which input of the form a refusal is shown. */
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
            case DenyReason.NotEnoughApprovers nobody -> TARGET;
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
                NAMESPACES, "Namespaces", "Separated by commas, for access that is given for namespaces", true, false);
    }

    private static Map<String, String> durationOptions() {
        var options = new LinkedHashMap<String, String>();
        DURATION_CHOICES.forEach(duration -> options.put(Durations.format(duration), Durations.format(duration)));
        return options;
    }
}
