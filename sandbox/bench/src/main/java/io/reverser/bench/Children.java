package io.reverser.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The processes that this one started. */
public final class Children {

    private static final Duration TO_END = Duration.ofSeconds(3);

    private Children() {}

    /** However this process ends, nothing that it started outlives it. */
    public static void end() {
        List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
        children.forEach(ProcessHandle::destroy);
        var ended = CompletableFuture.allOf(
                children.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
        ended.completeOnTimeout(null, TO_END.toSeconds(), TimeUnit.SECONDS).join();
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }
}
