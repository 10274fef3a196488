package io.reverser.reverser.visits;

import io.reverser.reverser.address.IpAddress;
import io.reverser.reverser.address.Ipv6Network;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.mysqlclient.MySQLException;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Visits in MySQL, times in UTC: one row for each address, and at most {@link VisitBuffer#ADDRESSES_PER_NETWORK} rows
 * for the addresses of an IPv6 network. The visits of its further addresses share the row of the network, whose key has
 * 8 bytes instead of 16. A caller without a row of its own is counted for its network as long as the network has a row.
 *
 * <p>The store writes a batch and the batch's number in one transaction, and accepts each number only once, so a batch
 * can be retried after any failure and still counts once. Each transaction first locks the row with the totals: thus
 * transactions of all pods run one after another, the number of rows of a network is exact, and no deadlock is
 * possible. The SQL is supported by MySQL 8.0 and MariaDB 10.6.
 */
@Singleton
public class VisitStore {

    private static final int DUPLICATE_KEY_ERROR = 1062;
    /** The number of rows that one step of {@link #deleteExpired} reads. */
    private static final int ROWS_PER_STEP = 10_000;

    private static final int NETWORK_HEX_DIGITS = 16;
    private static final HexFormat HEX = HexFormat.of();

    private final Pool pool;
    private final Buffer writer = Buffer.buffer(bytes(UUID.randomUUID()));

    VisitStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * Creates missing tables, and deletes batch numbers older than a week, which terminated writers have left. The
     * column name {@code stored} is quoted, because it is a reserved word in MySQL.
     */
    Uni<Void> createSchema() {
        return pool.query("""
                        CREATE TABLE IF NOT EXISTS visit (
                          address    VARBINARY(16)   NOT NULL PRIMARY KEY,
                          visits     BIGINT UNSIGNED NOT NULL,
                          first_seen DATETIME(3)     NOT NULL,
                          last_seen  DATETIME(3)     NOT NULL)""")
                .execute()
                .chain(() -> pool.query("""
                                CREATE TABLE IF NOT EXISTS visit_batch (
                                  writer   BINARY(16)      NOT NULL,
                                  sequence BIGINT UNSIGNED NOT NULL,
                                  `stored` DATETIME        NOT NULL DEFAULT CURRENT_TIMESTAMP,
                                  PRIMARY KEY (writer, sequence))""").execute())
                .chain(() -> pool.query("""
                                CREATE TABLE IF NOT EXISTS visit_totals (
                                  id         TINYINT     NOT NULL PRIMARY KEY,
                                  addresses  BIGINT      NOT NULL,
                                  visits     BIGINT      NOT NULL,
                                  since      DATETIME(3) NULL,
                                  reconciled DATETIME    NOT NULL)""").execute())
                .chain(() -> pool.query("INSERT IGNORE INTO visit_totals VALUES (1, 0, 0, NULL, '1970-01-01')")
                        .execute())
                .chain(() -> pool.query("DELETE FROM visit_batch WHERE `stored` < NOW() - INTERVAL 7 DAY")
                        .execute())
                .replaceWithVoid();
    }

    /** Stores a batch. Storing the same batch again has no effect. */
    Uni<Void> save(Batch batch) {
        return pool.withTransaction(connection -> insertBatchNumber(connection, batch)
                        .chain(() -> lockTotals(connection))
                        .chain(() -> rows(connection, batch))
                        .chain(rows -> upsertVisits(connection, rows)
                                .chain(newRows -> addToTotals(connection, newRows, rows.values())))
                        .chain(() -> deletePreviousBatchNumber(connection, batch)))
                .onFailure(VisitStore::isDuplicateKey)
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** The visits of an address, or, if it has no row of its own, of its network. */
    Uni<Optional<CallerVisits>> find(IpAddress address) {
        Optional<Ipv6Network> network = Ipv6Network.of(address);
        byte[] networkKey = network.map(Ipv6Network::bytes).orElseGet(address::bytes);
        return pool.preparedQuery("""
                        SELECT LENGTH(address) AS length, visits, first_seen, last_seen FROM visit WHERE address IN (?, ?)
                        ORDER BY length DESC LIMIT 1""")
                .execute(Tuple.of(Buffer.buffer(address.bytes()), Buffer.buffer(networkKey)))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(callerVisits(rows.iterator().next(), network)));
    }

    Uni<Totals> totals() {
        return pool.query("SELECT addresses, visits, since FROM visit_totals")
                .execute()
                .map(rows -> rows.iterator().next())
                .map(row -> new Totals(
                        row.getLong("addresses"),
                        row.getLong("visits"),
                        Optional.ofNullable(row.getLocalDateTime("since")).map(VisitStore::instant)));
    }

    /** Deletes the visits of an address. */
    Uni<Void> delete(IpAddress address) {
        return delete("address = ?", Tuple.of(Buffer.buffer(address.bytes())));
    }

    /**
     * Deletes the rows of callers whose last visit was before a time, among the next rows of the table.
     *
     * @param position the key after which to start
     * @return the key after which to continue; empty at the end of the table
     */
    Uni<Optional<Buffer>> deleteExpired(Buffer position, Instant lastSeen) {
        LocalDateTime limit = LocalDateTime.ofInstant(lastSeen, ZoneOffset.UTC);
        return pool.preparedQuery("""
                        SELECT MAX(address) AS last, COUNT(*) AS addresses, MIN(last_seen) AS oldest
                        FROM (SELECT address, last_seen FROM visit WHERE address > ? ORDER BY address LIMIT ?) AS part""")
                .execute(Tuple.of(position, ROWS_PER_STEP))
                .map(rows -> rows.iterator().next())
                .chain(part -> {
                    if (part.getLong("addresses") == 0) {
                        return Uni.createFrom().item(Optional.<Buffer>empty());
                    }
                    Buffer last = part.getBuffer("last").getDelegate();
                    Optional<Buffer> next =
                            part.getLong("addresses") < ROWS_PER_STEP ? Optional.empty() : Optional.of(last);
                    return part.getLocalDateTime("oldest").isBefore(limit)
                            ? delete("address > ? AND address <= ? AND last_seen < ?", Tuple.of(position, last, limit))
                                    .replaceWith(next)
                            : Uni.createFrom().item(next);
                });
    }

    /**
     * Computes the totals again, at most once an hour: a pod of an older version, or an operator, may have changed the
     * visits without the totals. One statement reads the visits and the totals, which each transaction changes
     * together, so the difference is exact while pods store visits. Of several pods, one applies it.
     */
    Uni<Void> reconcileTotals() {
        return pool.query("SELECT reconciled FROM visit_totals WHERE reconciled < NOW() - INTERVAL 1 HOUR")
                .execute()
                .chain(due -> due.size() == 0
                        ? Uni.createFrom().voidItem()
                        : correctTotals(due.iterator().next().getLocalDateTime("reconciled")));
    }

    private Uni<Void> correctTotals(LocalDateTime reconciled) {
        return pool.query("""
                        SELECT COUNT(*) - (SELECT addresses FROM visit_totals) AS addresses,
                          COALESCE(SUM(visits), 0) - (SELECT visits FROM visit_totals) AS visits,
                          MIN(first_seen) AS since
                        FROM visit""")
                .execute()
                .map(rows -> rows.iterator().next())
                .chain(difference -> pool.preparedQuery("""
                                UPDATE visit_totals
                                SET addresses = addresses + ?, visits = visits + ?, since = ?, reconciled = NOW()
                                WHERE reconciled = ?""")
                        .execute(Tuple.of(
                                difference.getLong("addresses"),
                                difference.getLong("visits"),
                                difference.getLocalDateTime("since"),
                                reconciled)))
                .replaceWithVoid();
    }

    private Uni<Void> delete(String condition, Tuple parameters) {
        return pool.withTransaction(connection -> lockTotals(connection)
                .chain(() -> connection
                        .preparedQuery(
                                "SELECT COUNT(*) AS addresses, COALESCE(SUM(visits), 0) AS visits FROM visit WHERE "
                                        + condition)
                        .execute(parameters))
                .map(rows -> rows.iterator().next())
                .call(() -> connection
                        .preparedQuery("DELETE FROM visit WHERE " + condition)
                        .execute(parameters))
                .chain(deleted -> connection
                        .preparedQuery("UPDATE visit_totals SET addresses = addresses - ?, visits = visits - ?")
                        .execute(Tuple.of(deleted.getLong("addresses"), deleted.getLong("visits"))))
                .replaceWithVoid());
    }

    /** Sends a query to the database; completes when the database responds. */
    Uni<Void> ping() {
        return pool.query("SELECT 1").execute().replaceWithVoid();
    }

    private Uni<?> insertBatchNumber(SqlConnection connection, Batch batch) {
        return connection
                .preparedQuery("INSERT INTO visit_batch (writer, sequence) VALUES (?, ?)")
                .execute(Tuple.of(writer, batch.sequence()));
    }

    private static Uni<?> lockTotals(SqlConnection connection) {
        return connection.query("SELECT id FROM visit_totals FOR UPDATE").execute();
    }

    private static Uni<?> addToTotals(SqlConnection connection, long newRows, Collection<Visits> added) {
        long visits = added.stream().mapToLong(Visits::count).sum();
        LocalDateTime first = LocalDateTime.ofInstant(
                Instant.ofEpochMilli(
                        added.stream().mapToLong(Visits::firstMillis).min().orElseThrow()),
                ZoneOffset.UTC);
        return connection.preparedQuery("""
                        UPDATE visit_totals
                        SET addresses = addresses + ?, visits = visits + ?, since = COALESCE(LEAST(since, ?), ?)""").execute(Tuple.of(newRows, visits, first, first));
    }

    /**
     * The rows of a batch by their keys in hexadecimal: of addresses, and of the networks of IPv6 addresses that have
     * no row of their own and can get none.
     */
    private static Uni<SortedMap<String, Visits>> rows(SqlConnection connection, Batch batch) {
        List<String> ipv6 = batch.visits().keySet().stream()
                .filter(address -> address.version() == 6)
                .map(address -> HEX.formatHex(address.bytes()))
                .toList();
        return keysIn(connection, ipv6).chain(stored -> {
            Set<String> networks = ipv6.stream()
                    .filter(key -> !stored.contains(key))
                    .map(VisitStore::network)
                    .collect(Collectors.toCollection(TreeSet::new));
            return freeRows(connection, networks).map(free -> {
                var rows = new TreeMap<String, Visits>();
                batch.networks().forEach((network, visits) -> rows.put(HEX.formatHex(network.bytes()), visits));
                batch.visits().forEach((address, visits) -> {
                    String key = HEX.formatHex(address.bytes());
                    boolean separate = address.version() == 4
                            || stored.contains(key)
                            || free.merge(network(key), -1, Integer::sum) >= 0;
                    rows.merge(separate ? key : network(key), visits, Visits::plus);
                });
                return rows;
            });
        });
    }

    /** Those of the keys that have a row. */
    private static Uni<Set<String>> keysIn(SqlConnection connection, List<String> keys) {
        if (keys.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        String list = keys.stream().map(key -> "x'" + key + "'").collect(Collectors.joining(","));
        return connection
                .query("SELECT LOWER(HEX(address)) AS address FROM visit WHERE address IN (" + list + ")")
                .execute()
                .map(rows -> rows.stream().map(row -> row.getString("address")).collect(Collectors.toSet()));
    }

    /**
     * The number of rows that each network can still get: none if the network has a row itself. The conditions are
     * ranges of the primary key.
     */
    private static Uni<Map<String, Integer>> freeRows(SqlConnection connection, Set<String> networks) {
        Map<String, Integer> free = new HashMap<>();
        networks.forEach(network -> free.put(network, VisitBuffer.ADDRESSES_PER_NETWORK));
        if (networks.isEmpty()) {
            return Uni.createFrom().item(free);
        }
        String ranges = networks.stream()
                .map(network -> "address BETWEEN x'" + network + "' AND x'" + network + "ffffffffffffffff'")
                .collect(Collectors.joining(" OR "));
        return connection
                .query(
                        "SELECT LOWER(HEX(LEFT(address, 8))) AS network, COUNT(*) AS addresses, MIN(LENGTH(address)) AS shortest"
                                + " FROM visit WHERE " + ranges + " GROUP BY network")
                .execute()
                .map(rows -> {
                    rows.forEach(row -> free.merge(
                            row.getString("network"),
                            row.getInteger("shortest") < 16
                                    ? VisitBuffer.ADDRESSES_PER_NETWORK
                                    : row.getInteger("addresses"),
                            (all, used) -> all - used));
                    return free;
                });
    }

    private static String network(String key) {
        return key.substring(0, NETWORK_HEX_DIGITS);
    }

    /** Adds visits to the table; returns the number of new rows. MySQL counts each row that it changes twice. */
    private static Uni<Long> upsertVisits(SqlConnection connection, SortedMap<String, Visits> rows) {
        return connection
                .preparedQuery("""
                        INSERT INTO visit (address, visits, first_seen, last_seen)
                        SELECT UNHEX(new.address), new.visits, new.first_seen, new.last_seen
                        FROM (
                          SELECT address, visits,
                            TIMESTAMPADD(MICROSECOND, 1000 * first_ms, '1970-01-01') AS first_seen,
                            TIMESTAMPADD(MICROSECOND, 1000 * last_ms, '1970-01-01') AS last_seen
                          FROM JSON_TABLE(?, '$[*]' COLUMNS (
                            address  VARCHAR(32)     PATH '$[0]',
                            visits   BIGINT UNSIGNED PATH '$[1]',
                            first_ms BIGINT          PATH '$[2]',
                            last_ms  BIGINT          PATH '$[3]')) AS rows_of_json
                        ) AS new
                        ON DUPLICATE KEY UPDATE
                          visits     = visit.visits + new.visits,
                          first_seen = LEAST(visit.first_seen, new.first_seen),
                          last_seen  = GREATEST(visit.last_seen, new.last_seen)""")
                .execute(Tuple.of(json(rows)))
                .map(result -> 2L * rows.size() - result.rowCount());
    }

    /** Deletes the number of the previous batch; the latest stored number is enough to detect a duplicate batch. */
    private Uni<?> deletePreviousBatchNumber(SqlConnection connection, Batch batch) {
        return connection
                .preparedQuery("DELETE FROM visit_batch WHERE writer = ? AND sequence = ?")
                .execute(Tuple.of(writer, batch.sequence() - 1));
    }

    /**
     * Converts rows to a JSON array, each with the key in hexadecimal, the number of visits, and the times of the first
     * and the last visit in milliseconds since the epoch.
     */
    private static String json(SortedMap<String, Visits> rows) {
        var json = new StringJoiner(",", "[", "]");
        rows.forEach((key, visits) -> json.add(
                "[\"" + key + "\"," + visits.count() + "," + visits.firstMillis() + "," + visits.lastMillis() + "]"));
        return json.toString();
    }

    private static CallerVisits callerVisits(Row row, Optional<Ipv6Network> network) {
        Visits visits = Visits.of(
                row.getLong("visits"),
                instant(row.getLocalDateTime("first_seen")),
                instant(row.getLocalDateTime("last_seen")));
        return new CallerVisits(visits, network.filter(any -> row.getInteger("length") == Long.BYTES));
    }

    private static Instant instant(LocalDateTime datetime) {
        return datetime.toInstant(ZoneOffset.UTC);
    }

    private static boolean isDuplicateKey(Throwable failure) {
        return failure instanceof MySQLException error && error.getErrorCode() == DUPLICATE_KEY_ERROR;
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
