package io.reverser.testing;

import java.util.regex.Pattern;

/**
 * Selects the lines of Maven's output to show: all warnings and errors, one INFO line for each module and each test
 * class, and all lines without a level, such as stack traces and compiler messages.
 */
final class MavenOutput {

    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    private static final Pattern SHOWN = Pattern.compile("\\[INFO] ("
            + String.join(
                    "|",
                    "Building .* \\[\\d+/\\d+]",
                    "Tests run: .* -- in .*",
                    "Reactor Summary .*",
                    ".* (SUCCESS|FAILURE|SKIPPED)( \\[.*])?",
                    "Total time: .*")
            + ")");

    private MavenOutput() {}

    static boolean isShown(String line) {
        String plain = COLOUR.matcher(line).replaceAll("").stripTrailing();
        return plain.startsWith("[INFO]") ? SHOWN.matcher(plain).matches() : !plain.isEmpty();
    }
}
