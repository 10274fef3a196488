package io.reverser.simulators.database;

import io.reverser.simulators.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The server program of MySQL or MariaDB, which accept the same options.
 *
 * @param product the product's name for error messages
 * @param folder the folder of the server's data and log
 * @param command the program with the arguments of every run
 */
record DatabaseProgram(String product, DatabaseFolder folder, List<String> command) {

    /** The timeout is long, because a busy machine is slow and a shorter timeout gains nothing. */
    private static final Duration STARTUP_TIMEOUT = Duration.ofMinutes(2);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

    /**
     * Runs the program until it exits.
     *
     * @throws DatabaseDidNotStart when the program fails, with the reason from its log
     */
    void run(List<String> arguments, Redirect input) {
        Process process = start(arguments, input);
        try {
            if (process.waitFor() != 0) {
                throw didNotStart();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new DatabaseDidNotStart(product, interrupted);
        }
    }

    /**
     * Starts the server on a TCP port, without a Unix socket, because a socket's path is limited to 107 bytes. The
     * server does not flush data to disk, because the data need not survive a crash of the machine.
     *
     * @throws DatabaseDidNotStart with the reason from the server's log
     */
    Process launch(int port, List<String> arguments) {
        var all = new ArrayList<>(List.of(
                "--bind-address=" + DatabaseServer.HOST,
                "--port=" + port,
                "--socket=",
                "--pid-file=" + folder.pidFile(),
                "--skip-name-resolve",
                "--innodb-flush-method=nosync"));
        all.addAll(arguments);
        Process server = start(all, Redirect.PIPE);
        long deadline = System.nanoTime() + STARTUP_TIMEOUT.toNanos();
        while (!readLog().contains("ready for connections")) {
            if (!server.isAlive() || System.nanoTime() > deadline) {
                server.destroyForcibly();
                throw didNotStart();
            }
            pauseBetweenPolls();
        }
        return server;
    }

    /** Stops a server and keeps its data. */
    static void stop(Process server) {
        server.destroy();
        try {
            if (!server.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private Process start(List<String> arguments, Redirect input) {
        var all = new ArrayList<>(command);
        all.add("--datadir=" + folder.data());
        if (System.getProperty("user.name").equals("root")) {
            all.add("--user=root");
        }
        all.addAll(arguments);
        File log = folder.log().toFile();
        try {
            return ChildProcess.start(ChildProcess.onLoopback(all)
                    .redirectInput(input)
                    .redirectErrorStream(true)
                    .redirectOutput(log));
        } catch (IOException failure) {
            throw new DatabaseDidNotStart(product, failure);
        }
    }

    private DatabaseDidNotStart didNotStart() {
        return new DatabaseDidNotStart(product, readLog(), folder.log());
    }

    /** Reads the server's log, which begins with the latest start of the program. */
    private String readLog() {
        try {
            return Files.readString(folder.log());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void pauseBetweenPolls() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DatabaseDidNotStart(product, interrupted);
        }
    }
}
