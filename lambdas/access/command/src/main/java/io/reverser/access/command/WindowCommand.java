package io.reverser.access.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.rotation.plan.Explanation;
import io.reverser.rotation.plan.MaintenanceWindows;
import io.reverser.rotation.plan.PlanFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Says when the database password may change. Slack sends every command to one address; this one has nothing to do with
 * access, may be typed by everybody, and is rare: its file is read, and its classes are loaded, when somebody asks.
 */
class WindowCommand {

    /** As people type it. */
    static final String NAME = "/maintenance-window";

    private static final Logger LOG = Logger.getLogger(WindowCommand.class);

    private final Path file;

    WindowCommand(Path file) {
        this.file = file;
    }

    HttpAnswer answer(Instant now) {
        return HttpAnswer.json(JsonNodeFactory.instance
                .objectNode()
                .put("response_type", "ephemeral")
                .put("text", text(now)));
    }

    private String text(Instant now) {
        if (!Files.exists(file)) {
            return Answers.NO_WINDOWS;
        }
        try {
            MaintenanceWindows windows = PlanFile.read(file).windows();
            return Answers.windows(Explanation.of(windows, now));
        } catch (IllegalArgumentException | UncheckedIOException unreadable) {
            LOG.errorf("The maintenance windows cannot be read: %s", unreadable.getMessage());
            return Answers.WINDOWS_UNREADABLE;
        }
    }
}
