package io.reverser.testing;

import java.util.regex.Pattern;

/**
 * Which of Maven's lines a person reads: all that are not merely informative, and of those one for each module and each class. Keeps
 * no line that follows a hidden one back, so a stack trace or a compiler's message is whole.
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
