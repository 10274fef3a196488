package io.reverser.simulators;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Starts child processes that end with this JVM, even if the JVM is killed: {@code setpriv} of util-linux asks the
 * kernel to kill the children. Without {@code setpriv}, orphaned children run until a later JVM calls {@link
 * #endOrphans}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html">PR_SET_PDEATHSIG</a>
 */
public final class ChildProcess {

    /**
     * The name of an environment variable of each child process. Its value is the process ID of the JVM that started
     * the child. {@code ./platform doctor} reads this variable too.
     */
    static final String OWNER_VARIABLE = "REVERSER_SANDBOX_OWNER";

    private static final Pattern PROXY_VARIABLES = Pattern.compile(
            "(http|https|all|no)_proxy|java_tool_options|jdk_java_options|_java_options", Pattern.CASE_INSENSITIVE);

    private static final List<String> DEATH_SIGNAL_COMMAND = findDeathSignalCommand();

    /**
     * The only thread that starts child processes. The kernel kills a child when the thread that started it ends, so
     * this thread never ends.
     */
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("child-process-starter").factory());

    private ChildProcess() {}

    /**
     * Prepares a command that connects to loopback only: removes the environment variables that set a proxy, and those
     * with JVM options, which could set one.
     */
    public static ProcessBuilder onLoopback(List<String> command) {
        var builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeIf(variable -> PROXY_VARIABLES.matcher(variable).matches());
        return builder;
    }

    /** Starts a process that ends with this JVM. */
    public static Process start(ProcessBuilder builder) throws IOException {
        builder.environment()
                .put(OWNER_VARIABLE, String.valueOf(ProcessHandle.current().pid()));
        builder.command(Stream.concat(DEATH_SIGNAL_COMMAND.stream(), builder.command().stream())
                .toList());
        try {
            return CompletableFuture.supplyAsync(() -> startUnchecked(builder), STARTER)
                    .join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof UncheckedIOException unchecked) {
                throw unchecked.getCause();
            }
            throw failure;
        }
    }

    /** Kills orphans: child processes whose JVM was killed. */
    public static void endOrphans() {
        ProcessHandle.allProcesses().filter(ChildProcess::isOrphan).forEach(orphan -> {
            orphan.destroyForcibly();
            orphan.onExit().join();
        });
    }

    private static Process startUnchecked(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Whether the JVM that started the process is no longer one of the ancestors of the process. */
    private static boolean isOrphan(ProcessHandle process) {
        return findOwner(process)
                .filter(owner -> Stream.iterate(
                                process.parent(), Optional::isPresent, parent -> parent.flatMap(ProcessHandle::parent))
                        .noneMatch(ancestor ->
                                String.valueOf(ancestor.orElseThrow().pid()).equals(owner)))
                .isPresent();
    }

    /**
     * Returns the process ID of the JVM that started the process. Empty if another user owns the process, or if it runs
     * in a container, which has separate process IDs.
     */
    private static Optional<String> findOwner(ProcessHandle process) {
        Path proc = Path.of("/proc");
        Path folder = proc.resolve(String.valueOf(process.pid()));
        try {
            Path namespace = Files.readSymbolicLink(folder.resolve("ns/pid"));
            if (!namespace.equals(Files.readSymbolicLink(proc.resolve("self/ns/pid")))) {
                return Optional.empty();
            }
            return Stream.of(Files.readString(folder.resolve("environ"), StandardCharsets.ISO_8859_1)
                            .split("\0", -1))
                    .filter(variable -> variable.startsWith(OWNER_VARIABLE + "="))
                    .map(variable -> variable.substring(OWNER_VARIABLE.length() + 1))
                    .findFirst();
        } catch (IOException notOurs) {
            return Optional.empty();
        }
    }

    private static List<String> findDeathSignalCommand() {
        var command = List.of("setpriv", "--pdeathsig", "KILL", "--");
        try {
            Process trial = new ProcessBuilder(
                            Stream.concat(command.stream(), Stream.of("true")).toList())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return trial.waitFor() == 0 ? command : List.of();
        } catch (IOException absent) {
            return List.of();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
