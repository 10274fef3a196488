package io.reverser.bench.growth;

import io.reverser.simulators.database.MariaDbServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Counters of the stored visits, from the reverser's metrics and from the database.
 *
 * @param rows the number of rows that the database wrote
 * @param databaseCpu the database's CPU time
 * @param flushes the number of times that the reverser stored its visits
 * @param flushSeconds the time that this took
 * @param dropped the number of visits that the reverser dropped because its memory is limited
 */
record StorageCounters(double rows, Duration databaseCpu, double flushes, double flushSeconds, double dropped) {

    static StorageCounters read(MariaDbServer database, int managementPort)
            throws IOException, InterruptedException, SQLException {
        String metrics = readMetrics(managementPort);
        return new StorageCounters(
                readWrittenRows(database),
                database.process().info().totalCpuDuration().orElseThrow(),
                metric(metrics, "reverser_visits_flush_seconds_count"),
                metric(metrics, "reverser_visits_flush_seconds_sum"),
                metric(metrics, "reverser_visits_dropped_total"));
    }

    private static String readMetrics(int managementPort) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/q/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }

    /** The value of a metric; zero for a metric that the reverser does not have. */
    static double metric(String metrics, String name) {
        var line = Pattern.compile("(?m)^" + name + "(?:\\{[^}]*})? (\\S+)$").matcher(metrics);
        return line.find() ? Double.parseDouble(line.group(1)) : 0;
    }

    /** The mean time in which the reverser stored its visits, in milliseconds; empty if it does not measure this time. */
    OptionalDouble millisPerFlushSince(StorageCounters before) {
        return flushes > before.flushes
                ? OptionalDouble.of(1e3 * (flushSeconds - before.flushSeconds) / (flushes - before.flushes))
                : OptionalDouble.empty();
    }

    /** The storage engine counts each row of the reverser's statement once, whether it inserts or updates the row. */
    private static double readWrittenRows(MariaDbServer database) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Handler_write'")) {
            rows.next();
            return rows.getDouble(2);
        }
    }
}
