package io.reverser.bench;

import io.reverser.runner.PackagedReverser;
import io.reverser.runner.Ports;
import io.reverser.simulators.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Knows how each contestant is started.
 *
 * @param fastJar the folder of the reverser's other package
 * @param flask the folder of the app to compare with
 * @param database where all of them count their visits
 * @param logs the folder for what they print
 */
record Candidates(
        PackagedReverser reverser, Path fastJar, Path flask, Tools tools, EmbeddedDatabase database, Path logs) {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final int CALLERS_TO_COMPARE = 100;

    /**
     * All of them.
     *
     * @throws BenchFailure when the raw handler's answers are not the reverser's, byte for byte
     */
    List<Candidate> all(Addresses callers) throws IOException, InterruptedException {
        Candidate shipped = packaged(Contestant.REVERSER, "-XX:AOTCache=reverser.aot");
        return List.of(
                shipped,
                packaged(Contestant.SMALL, "@small.options"),
                plainFastJar(),
                rawVertxThatAnswersLike(shipped, callers),
                flaskApp());
    }

    private Candidate packaged(Contestant who, String setting) {
        return quarkus(who, List.of(JAVA, "@jvm.options", setting, "-jar", "reverser.jar"), reverser.folder());
    }

    /** The same code in the package and on the JVM flags that nobody has to ask for. */
    private Candidate plainFastJar() {
        return quarkus(Contestant.FAST_JAR, List.of(JAVA, "-jar", "quarkus-run.jar"), fastJar);
    }

    private Candidate quarkus(Contestant who, List<String> command, Path home) {
        var ports = Ports.free();
        var environment = new HashMap<>(database.environment());
        environment.putAll(ports.environment());
        // No load balancer has to notice that it stops.
        environment.put("QUARKUS_SHUTDOWN_DELAY", "0");
        return new Candidate(who, command, home, environment, ports.http(), log(who));
    }

    private Candidate rawVertxThatAnswersLike(Candidate shipped, Addresses callers)
            throws IOException, InterruptedException {
        try (var reverser = Server.start(shipped)) {
            Candidate candidate =
                    rawVertx(Response.get(shipped.port(), callers.get(0)).headerLines());
            try (var raw = Server.start(candidate)) {
                for (int i = 0; i < CALLERS_TO_COMPARE; i++) {
                    String caller = callers.get(i * callers.size() / CALLERS_TO_COMPARE);
                    Response expected = Response.get(reverser.candidate().port(), caller);
                    Response actual = Response.get(raw.candidate().port(), caller);
                    if (!actual.equals(expected)) {
                        throw new BenchFailure(
                                "The raw handler does not answer like the reverser: " + actual + ", not " + expected);
                    }
                }
            }
            return candidate;
        }
    }

    /** On the reverser's JVM flags. */
    private Candidate rawVertx(List<String> headerLines) {
        int port = Ports.free().http();
        var command = new ArrayList<>(List.of(JAVA, "@jvm.options", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(RawVertx.class.getName(), String.valueOf(port)));
        command.addAll(headerLines);
        return new Candidate(
                Contestant.RAW_VERTX, command, reverser.folder(), Map.of(), port, log(Contestant.RAW_VERTX));
    }

    /** Two processes, each with one request at a time. */
    private Candidate flaskApp() {
        int port = Ports.free().http();
        var command =
                List.of(tools.python(), "-m", "gunicorn", "--workers=2", "--bind=127.0.0.1:" + port, "original:app");
        var environment = new HashMap<>(database.environment());
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        return new Candidate(Contestant.FLASK, command, flask, environment, port, log(Contestant.FLASK));
    }

    private Path log(Contestant who) {
        return logs.resolve(who.name().toLowerCase(Locale.ROOT) + ".log");
    }
}
