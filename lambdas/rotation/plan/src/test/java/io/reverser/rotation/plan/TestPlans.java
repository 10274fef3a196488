package io.reverser.rotation.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.configreader.ConfigSection;
import java.util.ArrayList;
import java.util.List;

/** Builds plans from JSON with single quotes. */
final class TestPlans {

    private static final String DEFAULTS = """
            {'channel': 'C0PLATFORM', 'strategy': 'dual_password', 'rotate_after': '25d', 'max_age': '40d'}""";

    private TestPlans() {}

    /** A valid plan with these windows, separated by commas. */
    static MaintenanceWindows windows(String windows) {
        return windows(windows, "");
    }

    static MaintenanceWindows windows(String windows, String blackouts) {
        ObjectNode settings = (ObjectNode) json(DEFAULTS);
        settings.set("windows", json("[" + windows + "]"));
        if (!blackouts.isEmpty()) {
            settings.set("blackouts", json("[" + blackouts + "]"));
        }
        return parseValid(settings).windows();
    }

    static String weekly(String zone, String day, String start, String length) {
        return "{'name': 'weekly', 'zone': '%s', 'days': ['%s'], 'start': '%s', 'length': '%s', 'cutoff': '30m'}"
                .formatted(zone, day, start, length);
    }

    static String cron(String zone, String cron, String length) {
        return "{'name': 'cron', 'zone': '%s', 'cron': '%s', 'length': '%s', 'cutoff': '30m'}"
                .formatted(zone, cron, length);
    }

    static RotationPlan parseValid(JsonNode settings) {
        var problems = new ArrayList<String>();
        RotationPlan plan = RotationPlan.read(new ConfigSection("rotation", settings, problems));
        assertThat(problems).isEmpty();
        return plan;
    }

    static List<String> problems(JsonNode settings) {
        var problems = new ArrayList<String>();
        RotationPlan.read(new ConfigSection("rotation", settings, problems));
        return problems;
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException typo) {
            throw new AssertionError(typo);
        }
    }
}
