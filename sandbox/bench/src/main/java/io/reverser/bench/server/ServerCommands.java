package io.reverser.bench.server;

import io.reverser.bench.host.BenchException;
import io.reverser.bench.load.Addresses;
import io.reverser.runner.process.PackagedReverser;
import io.reverser.runner.process.Ports;
import io.reverser.simulators.database.MariaDbServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Creates the command of each server.
 *
 * @param database the database in which the servers count visits
 * @param logs the folder for the servers' output
 */
public record ServerCommands(PackagedReverser reverser, MariaDbServer database, Path logs) {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final String AOT_CACHE = "-XX:AOTCache=reverser.aot";
    private static final int COMPARED_CALLERS = 100;

    /** The reverser as in its image. */
    public ServerCommand shipped() {
        return shipped(Ports.free());
    }

    /**
     * The reverser as in its image.
     *
     * @param jvmFlags override the flags in {@code jvm.options}
     */
    public ServerCommand shipped(Ports ports, String... jvmFlags) {
        return packaged(
                ServerVariant.REVERSER,
                ports,
                Stream.concat(Stream.of(AOT_CACHE), Stream.of(jvmFlags)).toList());
    }

    /** The reverser with the setting for minimal memory usage. */
    public ServerCommand small() {
        return packaged(ServerVariant.SMALL, Ports.free(), List.of("@small.options"));
    }

    private ServerCommand packaged(ServerVariant variant, Ports ports, List<String> jvmFlags) {
        var commandLine = new ArrayList<>(List.of(JAVA, "@jvm.options"));
        commandLine.addAll(jvmFlags);
        commandLine.addAll(List.of("-jar", "reverser.jar"));
        return quarkus(variant, commandLine, reverser.folder(), ports);
    }

    /**
     * The reverser in Quarkus's default package format, with the JVM's default flags.
     *
     * @param folder the folder of the package
     */
    public ServerCommand plainFastJar(Path folder) {
        return quarkus(ServerVariant.FAST_JAR, List.of(JAVA, "-jar", "quarkus-run.jar"), folder, Ports.free());
    }

    private ServerCommand quarkus(ServerVariant variant, List<String> commandLine, Path home, Ports ports) {
        var environment = new HashMap<>(database.environment());
        environment.putAll(ports.environment());
        // The shutdown delay gives a load balancer time to notice the shutdown, and the bench has no load balancer.
        environment.put("QUARKUS_SHUTDOWN_DELAY", "0");
        return new ServerCommand(variant, commandLine, home, environment, ports.http(), logFile(variant));
    }

    /**
     * The servers that only write the same response as the reverser: the raw Vert.x handler and, if there is one, the
     * server in Go.
     *
     * @throws BenchException when a response differs from the reverser's
     */
    public List<ServerCommand> minimalServers(ServerCommand shipped, Addresses callers, Optional<GoServer> goServer)
            throws IOException, InterruptedException {
        try (var reverser = Server.start(shipped)) {
            List<String> headerLines =
                    Response.get(shipped.port(), callers.get(0)).headerLines();
            var serverCommands = new ArrayList<>(List.of(rawVertx(headerLines)));
            goServer.ifPresent(go -> serverCommands.add(goServer(go, headerLines)));
            for (ServerCommand serverCommand : serverCommands) {
                compareResponses(reverser, serverCommand, callers);
            }
            return serverCommands;
        }
    }

    private static void compareResponses(Server reverser, ServerCommand minimal, Addresses callers)
            throws IOException, InterruptedException {
        try (var server = Server.start(minimal)) {
            for (int i = 0; i < COMPARED_CALLERS; i++) {
                String caller = callers.get(i * callers.size() / COMPARED_CALLERS);
                Response expected = Response.get(reverser.serverCommand().port(), caller);
                Response actual = Response.get(server.serverCommand().port(), caller);
                if (!actual.isSameAs(expected)) {
                    throw new BenchException(minimal.variant().title + ": the response differs from the reverser's: "
                            + actual + ", not " + expected);
                }
            }
        }
    }

    /** The raw Vert.x handler, with the reverser's JVM flags. */
    private ServerCommand rawVertx(List<String> headerLines) {
        return minimal(
                ServerVariant.RAW_VERTX,
                List.of(JAVA, "@jvm.options", "-cp", System.getProperty("java.class.path"), RawVertx.class.getName()),
                headerLines);
    }

    private ServerCommand goServer(GoServer go, List<String> headerLines) {
        return minimal(ServerVariant.GO, List.of(go.program().toString()), headerLines);
    }

    private ServerCommand minimal(ServerVariant variant, List<String> program, List<String> headerLines) {
        int port = Ports.free().http();
        var commandLine = new ArrayList<>(program);
        commandLine.add(String.valueOf(port));
        commandLine.addAll(headerLines);
        return new ServerCommand(variant, commandLine, reverser.folder(), Map.of(), port, logFile(variant));
    }

    /**
     * The Flask app, with two worker processes that each handle one request at a time.
     *
     * @param folder the folder of the app
     */
    public ServerCommand flaskApp(Path folder, Tools tools) {
        int port = Ports.free().http();
        var commandLine =
                List.of(tools.python(), "-m", "gunicorn", "--workers=2", "--bind=127.0.0.1:" + port, "original:app");
        var environment = new HashMap<>(database.environment());
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        return new ServerCommand(
                ServerVariant.FLASK, commandLine, folder, environment, port, logFile(ServerVariant.FLASK));
    }

    private Path logFile(ServerVariant variant) {
        return logs.resolve(variant.name().toLowerCase(Locale.ROOT) + ".log");
    }
}
