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

/**
 * Creates the command of each server.
 *
 * @param fastJar the folder of the reverser in Quarkus's default package format
 * @param flask the folder of the Flask app
 * @param database the database in which the servers count visits
 * @param logs the folder for the servers' output
 */
public record ServerCommands(
        PackagedReverser reverser, Path fastJar, Path flask, Tools tools, MariaDbServer database, Path logs) {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final int COMPARED_CALLERS = 100;

    /**
     * Creates the commands of all servers.
     *
     * @throws BenchException when the raw Vert.x handler's response differs from the reverser's
     */
    public List<ServerCommand> createAll(Addresses callers) throws IOException, InterruptedException {
        ServerCommand shipped = packaged(ServerVariant.REVERSER, "-XX:AOTCache=reverser.aot");
        return List.of(
                shipped,
                packaged(ServerVariant.SMALL, "@small.options"),
                plainFastJar(),
                rawVertxMatching(shipped, callers),
                flaskApp());
    }

    private ServerCommand packaged(ServerVariant variant, String setting) {
        return quarkus(variant, List.of(JAVA, "@jvm.options", setting, "-jar", "reverser.jar"), reverser.folder());
    }

    /** The reverser in Quarkus's default package format, with the JVM's default flags. */
    private ServerCommand plainFastJar() {
        return quarkus(ServerVariant.FAST_JAR, List.of(JAVA, "-jar", "quarkus-run.jar"), fastJar);
    }

    private ServerCommand quarkus(ServerVariant variant, List<String> commandLine, Path home) {
        var ports = Ports.free();
        var environment = new HashMap<>(database.environment());
        environment.putAll(ports.environment());
        // The shutdown delay gives a load balancer time to notice the shutdown, and the bench has no load balancer.
        environment.put("QUARKUS_SHUTDOWN_DELAY", "0");
        return new ServerCommand(variant, commandLine, home, environment, ports.http(), logFile(variant));
    }

    private ServerCommand rawVertxMatching(ServerCommand shipped, Addresses callers)
            throws IOException, InterruptedException {
        try (var reverser = Server.start(shipped)) {
            ServerCommand serverCommand =
                    rawVertx(Response.get(shipped.port(), callers.get(0)).headerLines());
            try (var raw = Server.start(serverCommand)) {
                for (int i = 0; i < COMPARED_CALLERS; i++) {
                    String caller = callers.get(i * callers.size() / COMPARED_CALLERS);
                    Response expected = Response.get(reverser.serverCommand().port(), caller);
                    Response actual = Response.get(raw.serverCommand().port(), caller);
                    if (!actual.equals(expected)) {
                        throw new BenchException("The raw handler's response differs from the reverser's: " + actual
                                + ", not " + expected);
                    }
                }
            }
            return serverCommand;
        }
    }

    /** The raw Vert.x handler, with the reverser's JVM flags. */
    private ServerCommand rawVertx(List<String> headerLines) {
        int port = Ports.free().http();
        var commandLine = new ArrayList<>(List.of(JAVA, "@jvm.options", "-cp", System.getProperty("java.class.path")));
        commandLine.addAll(List.of(RawVertx.class.getName(), String.valueOf(port)));
        commandLine.addAll(headerLines);
        return new ServerCommand(
                ServerVariant.RAW_VERTX,
                commandLine,
                reverser.folder(),
                Map.of(),
                port,
                logFile(ServerVariant.RAW_VERTX));
    }

    /** The Flask app, with two worker processes that each handle one request at a time. */
    private ServerCommand flaskApp() {
        int port = Ports.free().http();
        var commandLine =
                List.of(tools.python(), "-m", "gunicorn", "--workers=2", "--bind=127.0.0.1:" + port, "original:app");
        var environment = new HashMap<>(database.environment());
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        return new ServerCommand(
                ServerVariant.FLASK, commandLine, flask, environment, port, logFile(ServerVariant.FLASK));
    }

    private Path logFile(ServerVariant variant) {
        return logs.resolve(variant.name().toLowerCase(Locale.ROOT) + ".log");
    }
}
