package io.reverser.access.command.slack;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.configreader.ConfigJson;
import io.reverser.rotation.plan.MaintenanceWindows;
import io.reverser.rotation.plan.RotationPlan;
import io.reverser.rotation.plan.WindowExplanation;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Handles the slash command {@code /maintenance-window}, which shows when the database password may change. The command
 * has nothing to do with cluster access, but Slack sends all commands to the URL of this function. Any user may use the
 * command. It is rarely used, so its settings file and its classes are loaded on first use.
 */
public class MaintenanceWindowCommand {

    /** The name of the slash command. */
    public static final String COMMAND = "/maintenance-window";

    private final Path planFile;

    public MaintenanceWindowCommand(Path planFile) {
        this.planFile = planFile;
    }

    public ApiGatewayResponse handle(Instant now) {
        return ApiGatewayResponse.json(JsonNodeFactory.instance
                .objectNode()
                .put("response_type", "ephemeral")
                .put("text", text(now)));
    }

    private String text(Instant now) {
        if (!Files.exists(planFile)) {
            return CommandMessages.NO_WINDOWS;
        }
        try {
            MaintenanceWindows windows =
                    RotationPlan.read(ConfigJson.read(planFile)).windows();
            return CommandMessages.maintenanceWindows(WindowExplanation.describe(windows, now));
        } catch (IllegalArgumentException | UncheckedIOException unreadable) {
            LambdaRuntime.getLogger()
                    .log("The maintenance windows cannot be read: " + unreadable.getMessage(), LogLevel.ERROR);
            return CommandMessages.WINDOWS_UNREADABLE;
        }
    }
}
