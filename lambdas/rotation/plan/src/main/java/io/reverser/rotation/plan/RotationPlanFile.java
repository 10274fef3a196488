package io.reverser.rotation.plan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.configreader.ConfigSection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;

/** The plan as a file in a Lambda layer. */
public final class RotationPlanFile {

    private RotationPlanFile() {}

    /**
     * Reads the section {@code rotation} as JSON.
     *
     * @throws IllegalArgumentException that lists all problems
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
            throw new UncheckedIOException("Cannot read the rotation plan " + file, unreadable);
        }
        throw new IllegalArgumentException(file.getFileName() + ": " + String.join("; ", problems));
    }
}
