package io.reverser.bench.host;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The child processes of this process. */
public final class ChildProcesses {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

    private ChildProcesses() {}

    /** Terminates all child processes; the shutdown hook calls this. */
    public static void terminateAll() {
        List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
        children.forEach(ProcessHandle::destroy);
        var ended = CompletableFuture.allOf(
                children.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
        ended.completeOnTimeout(null, STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .join();
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }
}
