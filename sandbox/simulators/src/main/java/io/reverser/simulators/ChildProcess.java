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
 * Child processes that end with this JVM, even if it is killed: {@code setpriv} of util-linux asks the kernel to kill them.
 * Without {@code setpriv}, orphans run until a later JVM calls {@link #endOrphans}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html">PR_SET_PDEATHSIG</a>
 */
public final class ChildProcess {

    /**
     * An environment variable with the process ID of the JVM that started the process. {@code ./platform doctor} reads it too.
     */
    static final String OWNER_VARIABLE = "REVERSER_SANDBOX_OWNER";

    private static final Pattern PROXY_VARIABLES = Pattern.compile(
            "(http|https|all|no)_proxy|java_tool_options|jdk_java_options|_java_options", Pattern.CASE_INSENSITIVE);

    private static final List<String> DEATH_SIGNAL_COMMAND = findDeathSignalCommand();

    /** The kernel sends the signal when the thread that started the process ends, so this thread never ends. */
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("child-process-starter").factory());

    private ChildProcess() {}

    /** For programs that talk to this machine only: without proxy variables, and without JVM options that could set a proxy. */
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

    /** Kills the orphans of JVMs that were killed. */
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

    /** Whether the JVM that started it is no longer one of its ancestors. */
    private static boolean isOrphan(ProcessHandle process) {
        return findOwner(process)
                .filter(owner -> Stream.iterate(
                                process.parent(), Optional::isPresent, parent -> parent.flatMap(ProcessHandle::parent))
                        .noneMatch(ancestor ->
                                String.valueOf(ancestor.orElseThrow().pid()).equals(owner)))
                .isPresent();
    }

    /** Empty for processes of other users, and in containers, which have their own process IDs. */
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
