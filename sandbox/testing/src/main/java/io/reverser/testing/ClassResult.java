package io.reverser.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What came of a class.
 *
 * @param output where it printed, if it did
 */
record ClassResult(
        String module,
        String name,
        double seconds,
        int tests,
        int skipped,
        List<FailedTest> failures,
        Optional<Path> output) {

    /** A test that failed, with what it said in one line. */
    record FailedTest(String method, String message) {}

    int passed() {
        return tests - skipped - failures.size();
    }

    String simpleName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
