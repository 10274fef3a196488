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
 * Processes that end with this JVM, also when it is killed: the kernel ends them, as {@code setpriv} of util-linux asks it to.
 * Where there is no {@code setpriv}, they stay until a later JVM calls {@link #endOrphans}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html">PR_SET_PDEATHSIG</a>
 */
public final class ChildProcess {

    /** Holds the id of the JVM that started a process. {@code ./platform doctor} knows it, too. */
    static final String OWNER_VARIABLE = "REVERSER_SANDBOX_OWNER";

    private static final Pattern PROXY_VARIABLES = Pattern.compile(
            "(http|https|all|no)_proxy|java_tool_options|jdk_java_options|_java_options", Pattern.CASE_INSENSITIVE);

    private static final List<String> DEATH_SIGNAL_COMMAND = findDeathSignalCommand();

    /** The signal comes when the thread ends that started the process, so that this one never does. */
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("child-process-starter").factory());

    private ChildProcess() {}

    /** For what talks with this machine only: without the environment's proxies, and without JVM options that could name one. */
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

    /** Ends what JVMs left behind that were killed. */
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

    /** Whether it was started by a JVM that is not among its ancestors any more. */
    private static boolean isOrphan(ProcessHandle process) {
        return findOwner(process)
                .filter(owner -> Stream.iterate(
                                process.parent(), Optional::isPresent, parent -> parent.flatMap(ProcessHandle::parent))
                        .noneMatch(ancestor ->
                                String.valueOf(ancestor.orElseThrow().pid()).equals(owner)))
                .isPresent();
    }

    /** None for processes of other users, and for those in containers, which count their processes for themselves. */
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
