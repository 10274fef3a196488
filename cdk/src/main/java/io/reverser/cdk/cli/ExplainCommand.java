package io.reverser.cdk.cli;

import io.reverser.cdk.settings.InvalidSettingsException;
import io.reverser.cdk.settings.SettingsFile;
import io.reverser.rotation.plan.MaintenanceWindows;
import io.reverser.rotation.plan.WindowExplanation;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * {@code ./platform explain <environment> [time]}: prints whether a maintenance window is open and why, and the next
 * five windows.
 */
public final class ExplainCommand {

    private ExplainCommand() {}

    /**
     * Arguments: the repository's folder, the environment, and optionally a time like {@code 2026-12-24T22:00Z}. The
     * default is the current time.
     */
    public static void main(String[] arguments) {
        Path config = Path.of(arguments[0]).resolve("cdk/config");
        try {
            MaintenanceWindows windows =
                    SettingsFile.read(config, arguments[1]).rotation().windows();
            Instant at = arguments.length > 2
                    ? parseTime(arguments[2])
                    : InstantSource.system().instant();
            System.out.println(WindowExplanation.describe(windows, at));
        } catch (InvalidSettingsException | IllegalArgumentException invalid) {
            System.err.println("platform: " + invalid.getMessage());
            System.exit(1);
        }
    }

    /** Parses a time that has a UTC offset. Without an offset, the time would depend on the machine's time zone.
     *
     * @throws IllegalArgumentException if the text is not a time with an offset
     */
    static Instant parseTime(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException unparseable) {
            throw new IllegalArgumentException(
                    "'%s' is not a time with a UTC offset; write it like 2026-12-24T22:00Z or 2026-12-24T23:00+01:00"
                            .formatted(text),
                    unparseable);
        }
    }
}
