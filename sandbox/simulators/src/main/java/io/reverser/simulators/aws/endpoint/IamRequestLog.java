package io.reverser.simulators.aws.endpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.aws.api.IamRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes each distinct IAM request of the simulated calls to a file of this JVM, so that a check after the tests can evaluate it
 * against the policies that a deployment would have. Only runs if the system property {@code iam-requests} names a folder.
 */
final class IamRequestLog {

    private static final Optional<IamRequestLog> ENABLED = Optional.ofNullable(System.getProperty("iam-requests"))
            .map(Path::of)
            .map(IamRequestLog::new);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Set<String> written = ConcurrentHashMap.newKeySet();

    IamRequestLog(Path folder) {
        file = folder.resolve(ProcessHandle.current().pid() + ".jsonl");
    }

    static Optional<IamRequestLog> ifEnabled() {
        return ENABLED;
    }

    /**
     * Writes what a call asks IAM.
     *
     * @param caller the access key ID, which is the function's name if the caller is a function
     * @param test the class that started the endpoint
     */
    void record(String caller, List<IamRequest> requests, String test) {
        for (IamRequest request : requests) {
            ObjectNode line = JsonNodeFactory.instance
                    .objectNode()
                    .put("caller", caller)
                    .put("action", request.action())
                    .put("resource", request.resource());
            line.set("context", JSON.valueToTree(request.context()));
            String text = line.put("test", test) + "\n";
            if (written.add(text)) {
                append(text);
            }
        }
    }

    private synchronized void append(String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The outermost of our classes that is running: the test class, except for endpoints that an extension starts. */
    static String currentTest() {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                        .filter(name -> name.startsWith("io.reverser."))
                        .reduce((inner, outer) -> outer)
                        .map(name -> name.replaceFirst("\\$.*", ""))
                        .orElse("unknown"));
    }
}
