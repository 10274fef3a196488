package io.reverser.runner.process;

import io.reverser.simulators.database.MariaDbServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains the JDK's AOT cache (JEP 483, 514, 515) of the packaged reverser. It runs the reverser under load with a real
 * database, and the cache stores the loaded classes, linked code and method profiles of this run; every later start of
 * the reverser begins with them.
 *
 * <p>The cache fits only the JVM build that created it, the flags in {@code jvm.options}, and the same class path.
 */
public final class AotTraining {

    public static final String PROGRESS_MESSAGE = "training the reverser's AOT cache, once for each build (about 15 s)";

    private static final Duration LOAD_DURATION = Duration.ofSeconds(3);
    private static final int CLIENTS = 8;

    /** The JVM assembles the cache before it exits, which takes about 10 s, and much longer beside other processes. */
    private static final Duration ASSEMBLY_TIMEOUT = Duration.ofMinutes(5);

    /** What most clients request, as a path with its Accept header. */
    private static final Map.Entry<String, String> FREQUENT_REQUEST = Map.entry("/", "*/*");

    private static final List<Map.Entry<String, String>> RARE_REQUESTS = List.of(
            Map.entry("/", "application/json"),
            Map.entry("/", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
            Map.entry("/ip", "*/*"),
            Map.entry("/reversed", "*/*"),
            Map.entry("/stats", "application/json"),
            Map.entry("/nowhere", "*/*"));

    /**
     * One of this many requests is a rare one. The cache also stores which types and branches each method met, and the
     * JIT compiler never revises this part of a profile: if rare requests were frequent in the training, the compiled
     * code would be slower as long as the process runs.
     */
    private static final int RARE_INTERVAL = 30;

    /** The exit code of a process that SIGKILL ended, 128 + 9; such a JVM may leave a part of the cache. */
    private static final int KILLED = 137;

    private AotTraining() {}

    /**
     * Trains a package if its cache is missing or outdated, with a database in a folder next to it. The only argument
     * is the folder of the package.
     */
    public static void main(String[] arguments) {
        trainIfNeeded(new PackagedReverser(Path.of(arguments[0]).toAbsolutePath()), System.out::println);
    }

    /** Trains a package if its cache is missing or outdated, with a database in a folder next to it. */
    public static void trainIfNeeded(PackagedReverser reverser, Consumer<String> progress) {
        ifNotTrained(reverser, () -> {
            progress.accept(PROGRESS_MESSAGE);
            try (var database = MariaDbServer.start(reverser.folder().resolveSibling("training"))) {
                record(reverser, database, reverser.folder().resolveSibling("training.log"));
            }
        });
    }

    /**
     * Trains a package with a running database if the package's cache is missing or outdated. A failed run keeps the
     * old cache.
     *
     * @throws SandboxException when the reverser fails under the load, or the JVM writes no cache
     */
    public static void train(PackagedReverser reverser, MariaDbServer database, Path log) {
        ifNotTrained(reverser, () -> record(reverser, database, log));
    }

    /**
     * Runs the training if the package has no current cache. A file lock ensures that one process trains a package
     * while the others wait for the result.
     */
    private static void ifNotTrained(PackagedReverser reverser, Runnable training) {
        Path lockFile = reverser.folder().resolveSibling("training.lock");
        try (var channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            if (!reverser.hasCurrentAotCache()) {
                training.run();
            }
        } catch (IOException failure) {
            throw new SandboxException("Cannot lock " + lockFile, failure);
        }
    }

    private static void record(PackagedReverser reverser, MariaDbServer database, Path log) {
        Path recorded = reverser.folder().resolve("recorded.aot");
        var recording = List.of("-XX:AOTCacheOutput=" + recorded.getFileName());
        int exitCode;
        try (var running = reverser.launch(Ports.free(), database.environment(), log, recording)) {
            running.awaitReady();
            generateLoad(running.ports());
            exitCode = running.stop(ASSEMBLY_TIMEOUT);
        }
        try {
            if (exitCode == KILLED || Files.size(recorded) == 0) {
                throw new SandboxException("The JVM was stopped while it wrote the AOT cache; see " + log);
            }
            Files.move(recorded, reverser.aotCache(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new SandboxException("The JVM wrote no AOT cache; see " + log, failure);
        }
    }

    private static void generateLoad(Ports ports) {
        long deadline = System.nanoTime() + LOAD_DURATION.toNanos();
        // By default, each request of this client would ask for an upgrade to HTTP/2.
        try (var http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<@Nullable Void> client = () -> {
                for (int n = 0; System.nanoTime() < deadline; n++) {
                    http.send(request(ports, pathAndAccept(n)), BodyHandlers.discarding());
                }
                return null;
            };
            for (Future<@Nullable Void> ended : threads.invokeAll(Collections.nCopies(CLIENTS, client))) {
                ended.get();
            }
        } catch (ExecutionException failure) {
            throw new SandboxException("The reverser failed under the training load: " + failure.getCause(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while training", interrupted);
        }
    }

    private static Map.Entry<String, String> pathAndAccept(int n) {
        return n % RARE_INTERVAL == 0 ? RARE_REQUESTS.get(n / RARE_INTERVAL % RARE_REQUESTS.size()) : FREQUENT_REQUEST;
    }

    private static HttpRequest request(Ports ports, Map.Entry<String, String> pathAndAccept) {
        var random = ThreadLocalRandom.current();
        String caller = random.nextBoolean()
                ? "203.0.113." + random.nextInt(256)
                : "2001:db8:" + Integer.toHexString(random.nextInt(0x10000)) + "::1";
        return HttpRequest.newBuilder(ports.httpAddress().resolve(pathAndAccept.getKey()))
                .header("Accept", pathAndAccept.getValue())
                .header("X-Forwarded-For", caller)
                .build();
    }
}
