package io.reverser.reverser.visits;

import io.reverser.reverser.address.IpAddress;
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
import java.util.HexFormat;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;

/**
 * Visits in MySQL: one row per address, times in UTC.
 *
 * <p>The store writes a batch and the batch's number in one transaction, and accepts each number only once, so a batch
 * can be retried after any failure and still counts once. The SQL is supported by MySQL 8.0 and MariaDB 10.6.
 */
@Singleton
public class VisitStore {

    private static final int DUPLICATE_KEY_ERROR = 1062;

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
                .chain(() -> pool.query("DELETE FROM visit_batch WHERE `stored` < NOW() - INTERVAL 7 DAY")
                        .execute())
                .replaceWithVoid();
    }

    /** Stores a batch. Storing the same batch again has no effect. */
    Uni<Void> save(Batch batch) {
        String rows = rows(batch);
        return pool.withTransaction(connection -> insertBatchNumber(connection, batch)
                        .chain(() -> upsertVisits(connection, rows))
                        .chain(() -> deletePreviousBatchNumber(connection, batch)))
                .onFailure(VisitStore::isDuplicateKey)
                .recoverWithNull()
                .replaceWithVoid();
    }

    Uni<Optional<Visits>> find(IpAddress address) {
        return pool.preparedQuery("SELECT visits, first_seen, last_seen FROM visit WHERE address = ?")
                .execute(Tuple.of(Buffer.buffer(address.bytes())))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(visits(rows.iterator().next())));
    }

    Uni<Totals> totals() {
        return pool.query(
                        "SELECT COUNT(*) AS addresses, COALESCE(SUM(visits), 0) AS visits, MIN(first_seen) AS since FROM visit")
                .execute()
                .map(rows -> rows.iterator().next())
                .map(row -> new Totals(
                        row.getLong("addresses"),
                        row.getLong("visits"),
                        Optional.ofNullable(row.getLocalDateTime("since")).map(VisitStore::instant)));
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

    private static Uni<?> upsertVisits(SqlConnection connection, String rows) {
        return connection.preparedQuery("""
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
                          last_seen  = GREATEST(visit.last_seen, new.last_seen)""").execute(Tuple.of(rows));
    }

    /** Deletes the number of the previous batch; the latest stored number is enough to detect a duplicate batch. */
    private Uni<?> deletePreviousBatchNumber(SqlConnection connection, Batch batch) {
        return connection
                .preparedQuery("DELETE FROM visit_batch WHERE writer = ? AND sequence = ?")
                .execute(Tuple.of(writer, batch.sequence() - 1));
    }

    /**
     * Converts a batch to a JSON array of rows, each with the address in hexadecimal, the number of visits, and the
     * times of the first and the last visit in milliseconds since the epoch.
     */
    private static String rows(Batch batch) {
        var rows = new StringJoiner(",", "[", "]");
        batch.visits()
                .forEach((address, visits) -> rows.add("[\""
                        + HexFormat.of().formatHex(address.bytes())
                        + "\"," + visits.count()
                        + "," + visits.firstMillis()
                        + "," + visits.lastMillis() + "]"));
        return rows.toString();
    }

    private static Visits visits(Row row) {
        return Visits.of(
                row.getLong("visits"),
                instant(row.getLocalDateTime("first_seen")),
                instant(row.getLocalDateTime("last_seen")));
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
