package io.reverser.rotation.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Builds rotation plans from JSON with single quotes. */
final class TestPlans {

    private static final String DEFAULTS = """
            {'channel': 'C0PLATFORM', 'strategy': 'dual_password', 'rotate_after': '25d', 'max_age': '40d',
             'bake': '10m', 'rollout_timeout': '15m'}""";

    private TestPlans() {}

    /** The windows of a valid plan, from JSON objects separated by commas. */
    static MaintenanceWindows windows(String windows) {
        return windows(windows, "");
    }

    static MaintenanceWindows windows(String windows, String blackouts) {
        ObjectNode settings = (ObjectNode) json(DEFAULTS);
        settings.set("windows", json("[" + windows + "]"));
        if (!blackouts.isEmpty()) {
            settings.set("blackouts", json("[" + blackouts + "]"));
        }
        return RotationPlan.read(settings).windows();
    }

    static String weekly(String zone, String day, String start, String length) {
        return "{'name': 'weekly', 'zone': '%s', 'days': ['%s'], 'start': '%s', 'length': '%s', 'cutoff': '30m'}"
                .formatted(zone, day, start, length);
    }

    static String cron(String zone, String cron, String length) {
        return "{'name': 'cron', 'zone': '%s', 'cron': '%s', 'length': '%s', 'cutoff': '30m'}"
                .formatted(zone, cron, length);
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException typo) {
            throw new AssertionError(typo);
        }
    }
}
