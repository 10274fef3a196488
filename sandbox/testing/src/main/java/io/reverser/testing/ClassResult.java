package io.reverser.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The result of a test class.
 *
 * @param output the file with the output of the class, if there is one
 */
record ClassResult(
        String module,
        String name,
        double seconds,
        int tests,
        int skipped,
        List<FailedTest> failures,
        Optional<Path> output) {

    /** A failed test, with its message as a single line. */
    record FailedTest(String method, String message) {}

    int passed() {
        return tests - skipped - failures.size();
    }

    String simpleName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
