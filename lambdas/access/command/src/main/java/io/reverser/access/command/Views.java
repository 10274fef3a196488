package io.reverser.access.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.access.policy.Policy;
import io.reverser.settings.Durations;
import io.reverser.slack.Blocks;
import io.reverser.slack.SlackView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Modals. The names of their inputs are the names of what comes back. */
final class Views {

    static final String REQUEST = "request";
    static final String EMERGENCY = "emergency";
    static final String EMERGENCY_CONFIRMED = "emergency-confirmed";
    static final String REFUSE = "refuse";
    static final String EXTEND = "extend";

    static final String TARGET = "target";
    static final String NAMESPACES = "namespaces";
    static final String DURATION = "duration";
    static final String REASON = "reason";
    static final String INCIDENT = "incident";

    private static final List<Duration> LENGTHS = List.of(
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4),
            Duration.ofHours(8));

    private Views() {}

    /** What this person may ask for; empty when that is nothing, because an empty list would break the modal. */
    static Optional<SlackView> request(Policy policy, String person) {
        return targets(policy, person, false).map(targets -> {
            var blocks = new ArrayList<ObjectNode>();
            blocks.add(Blocks.select(TARGET, "Access", targets));
            blocks.add(namespaces());
            blocks.add(Blocks.select(DURATION, "How long", lengths()));
            blocks.add(Blocks.textInput(REASON, "Why", "The approvers read this", false, true));
            return new SlackView(REQUEST, "Cluster access", "Request", "Cancel", "", blocks);
        });
    }

    /** The same without asking anybody first. */
    static Optional<SlackView> emergency(Policy policy, String person) {
        return targets(policy, person, true).map(targets -> {
            var blocks = new ArrayList<ObjectNode>();
            blocks.add(
                    Blocks.section(
                            ":rotating_light: *For emergencies.* Access is given at once, and everybody who could have been asked is told."));
            blocks.add(Blocks.select(TARGET, "Access", targets));
            blocks.add(namespaces());
            blocks.add(Blocks.select(DURATION, "How long", lengths()));
            blocks.add(Blocks.textInput(INCIDENT, "Incident", "Its number or name", false, false));
            blocks.add(Blocks.textInput(REASON, "Why", "What is broken", false, true));
            return new SlackView(EMERGENCY, "Break-glass access", "Continue", "Cancel", "", blocks);
        });
    }

    /** Asks once more. */
    static SlackView confirmEmergency(String metadata, String question) {
        return new SlackView(
                EMERGENCY_CONFIRMED,
                "Break the glass?",
                "Give me access now",
                "Back",
                metadata,
                List.of(Blocks.section(question)));
    }

    /** Asks why not. */
    static SlackView refuse(String id) {
        return new SlackView(
                REFUSE,
                "Refuse request",
                "Refuse",
                "Cancel",
                id,
                List.of(Blocks.textInput(REASON, "Why not", "Who asked will read this", false, true)));
    }

    /** Asks how much longer. */
    static SlackView extend(String id) {
        return new SlackView(
                EXTEND,
                "More time",
                "Ask",
                "Cancel",
                id,
                List.of(
                        Blocks.select(DURATION, "How much longer", lengths()),
                        Blocks.textInput(REASON, "Why", "The approvers read this", false, true)));
    }

    /** Says how it went. */
    static SlackView told(String text) {
        return new SlackView("told", "Cluster access", "", "Close", "", List.of(Blocks.section(text)));
    }

    private static Optional<Map<String, String>> targets(Policy policy, String person, boolean breakGlass) {
        var targets = new LinkedHashMap<String, String>();
        policy.offers(person, breakGlass)
                .forEach((cluster, levels) -> new TreeSet<>(levels)
                        .forEach(level -> targets.put(cluster + " " + level, level + " on " + cluster)));
        return Optional.<Map<String, String>>of(targets).filter(all -> !all.isEmpty());
    }

    private static ObjectNode namespaces() {
        return Blocks.textInput(
                NAMESPACES, "Namespaces", "Separated by commas, for access that is given for namespaces", true, false);
    }

    private static Map<String, String> lengths() {
        var lengths = new LinkedHashMap<String, String>();
        LENGTHS.forEach(length -> lengths.put(Durations.text(length), Durations.text(length)));
        return lengths;
    }
}
