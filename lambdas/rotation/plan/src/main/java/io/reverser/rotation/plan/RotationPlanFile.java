package io.reverser.rotation.plan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.configreader.ConfigSection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;

/** Where functions read the plan from. */
public final class RotationPlanFile {

    private RotationPlanFile() {}

    /**
     * The section {@code rotation} as JSON.
     *
     * @throws IllegalArgumentException with everything that is wrong
     * @throws UncheckedIOException when it cannot be read
     */
    public static RotationPlan read(Path file) {
        var problems = new ArrayList<String>();
        try {
            RotationPlan plan = RotationPlan.read(
                    new ConfigSection("rotation", new ObjectMapper().readTree(file.toFile()), problems));
            if (problems.isEmpty()) {
                return plan;
            }
        } catch (JacksonException garbled) {
            problems.add(garbled.getOriginalMessage());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The plan " + file + " cannot be read", unreadable);
        }
        throw new IllegalArgumentException(file.getFileName() + ": " + String.join("; ", problems));
    }
}
