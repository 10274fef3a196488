package io.reverser.bench;

import io.reverser.runner.PackagedReverser;
import io.reverser.runner.Ports;
import io.reverser.simulators.EmbeddedDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Looks up in the database whether every visit of a load has arrived there, address by address. */
record Accounting(PackagedReverser reverser, EmbeddedDatabase database, Path log) {

    private static final int DIFFERENCES_TO_SHOW = 5;

    /**
     * Sends exactly so many requests to a reverser with an empty database, stops it, and compares.
     *
     * @param seconds how long the requests may take
     * @throws BenchFailure when a request failed, or any address has not exactly its visits
     */
    void verify(long requests, Addresses addresses, Wrk wrk, int seconds)
            throws IOException, InterruptedException, SQLException {
        database.clear();
        try (var running = reverser.start(Ports.free(), database.environment(), log)) {
            Load load = wrk.loadExactly(requests, running.ports().http(), seconds);
            if (!load.isClean()) {
                throw new BenchFailure("Not every request was answered: " + load);
            }
            if (load.sent() <= requests) {
                throw new BenchFailure("Only " + load.sent() + " of " + requests + " requests were sent in " + seconds
                        + " s; is the machine busy with something else?");
            }
        }
        List<String> differences = differences(addresses.visits(requests), stored());
        if (!differences.isEmpty()) {
            throw new BenchFailure("The visits of " + differences.size() + " addresses are wrong in the database: "
                    + String.join("; ", differences.subList(0, Math.min(DIFFERENCES_TO_SHOW, differences.size()))));
        }
    }

    static List<String> differences(SortedMap<String, Long> expected, SortedMap<String, Long> stored) {
        var addresses = new TreeSet<>(expected.keySet());
        addresses.addAll(stored.keySet());
        return addresses.stream()
                .filter(address -> !expected.getOrDefault(address, 0L).equals(stored.getOrDefault(address, 0L)))
                .map(address -> address + " has " + stored.getOrDefault(address, 0L) + " instead of "
                        + expected.getOrDefault(address, 0L))
                .toList();
    }

    private SortedMap<String, Long> stored() throws IOException, SQLException {
        var visits = new TreeMap<String, Long>();
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT address, visits FROM visit")) {
            while (rows.next()) {
                visits.put(InetAddress.getByAddress(rows.getBytes(1)).getHostAddress(), rows.getLong(2));
            }
        }
        return visits;
    }
}
