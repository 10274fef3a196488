package io.reverser.runner.rotation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverser.rotation.plan.RotationPlan;
import io.reverser.rotation.plan.Strategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;

/** The sandbox's rotation plan: when and how the database password changes. */
final class SandboxRotationPlan {

    private static final int DAYS_UNTIL_WINDOW = 3;

    private SandboxRotationPlan() {}

    /**
     * Writes the rotation plan to the file that the functions read. The plan's only window is on the weekday three days
     * after the start: it is never open by chance, and does not open when a user moves the clock by a few hours.
     *
     * @param now when the sandbox starts
     */
    static RotationPlan write(Path file, Strategy strategy, Instant now) {
        try (InputStream yaml = RotationSandbox.class.getResourceAsStream("rotation.yaml")) {
            var plan = (ObjectNode) new YAMLMapper().readTree(yaml);
            plan.put("strategy", strategy.text());
            if (strategy != Strategy.ALTERNATING_USERS) {
                plan.remove("users");
            }
            var day = now.atZone(ZoneOffset.UTC).plusDays(DAYS_UNTIL_WINDOW).getDayOfWeek();
            ((ObjectNode) plan.at("/windows/0"))
                    .putArray("days")
                    .add(day.getDisplayName(TextStyle.SHORT, Locale.ROOT).toUpperCase(Locale.ROOT));
            Files.writeString(file, plan.toString());
            return RotationPlan.read(plan);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
