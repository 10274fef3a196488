package io.reverser.bench.comparison;

import io.reverser.bench.host.BenchException;
import io.reverser.bench.load.Addresses;
import io.reverser.bench.load.Wrk;
import io.reverser.bench.load.WrkResult;
import io.reverser.runner.process.PackagedReverser;
import io.reverser.runner.process.Ports;
import io.reverser.simulators.database.MariaDbServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares the visits in the database with the requests that the load generator sent, address by address. */
record VisitVerification(PackagedReverser reverser, MariaDbServer database, Path log) {

    private static final int MAX_SHOWN_DIFFERENCES = 5;

    /**
     * Sends a number of requests to a reverser with an empty database, stops the reverser, and compares the visits with
     * the requests.
     *
     * @param seconds the timeout for sending all requests
     * @throws BenchException when a request failed, or the database has a wrong number of visits for an address
     */
    void verify(long requests, Addresses addresses, Wrk wrk, int seconds)
            throws IOException, InterruptedException, SQLException {
        database.dropAllTables();
        try (var running = reverser.start(Ports.free(), database.environment(), log)) {
            WrkResult result = wrk.loadExactly(requests, running.ports().http(), seconds);
            if (!result.isClean()) {
                throw new BenchException("Not all requests were answered: " + result);
            }
            if (result.sent() <= requests) {
                throw new BenchException("Only " + result.sent() + " of " + requests + " requests were sent in "
                        + seconds + " s; is the machine busy with something else?");
            }
        }
        List<String> differences = differences(addresses.expectedVisits(requests), readStoredVisits());
        if (!differences.isEmpty()) {
            throw new BenchException("The database has wrong counts for " + differences.size() + " addresses: "
                    + String.join("; ", differences.subList(0, Math.min(MAX_SHOWN_DIFFERENCES, differences.size()))));
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

    private SortedMap<String, Long> readStoredVisits() throws IOException, SQLException {
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
