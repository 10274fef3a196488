package io.reverser.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The result of a test class.
 *
 * @param output the file with its output, if it has one
 */
record ClassResult(
        String module,
        String name,
        double seconds,
        int tests,
        int skipped,
        List<FailedTest> failures,
        Optional<Path> output) {

    /** A failed test, with its message in one line. */
    record FailedTest(String method, String message) {}

    int passed() {
        return tests - skipped - failures.size();
    }

    String simpleName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
