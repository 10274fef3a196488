package io.reverser.reverser.visits;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.reverser.address.IpAddress;
import io.reverser.reverser.address.Ipv4Address;
import io.reverser.reverser.address.Ipv6Address;
import io.reverser.reverser.address.Ipv6Network;
import io.reverser.simulators.database.DatabaseServer;
import io.reverser.simulators.database.DatabaseServers;
import io.reverser.simulators.tls.TestAuthority;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.SslMode;
import io.vertx.sqlclient.PoolOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the SQL with real databases; each store is one pod. */
@ParameterizedClass
@MethodSource("databases")
class VisitStoreTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Visits ONE = Visits.of(1, NOON, NOON);
    private static final IpAddress A = new Ipv4Address(0xcb007107);
    private static final IpAddress B = new Ipv4Address(0xcb007108);
    private static final long PREFIX = 0x20010db8_0000_0042L;
    private static final Ipv6Network NETWORK = new Ipv6Network(PREFIX);

    private static Vertx vertx;
    private static List<DatabaseServer> databases;

    private final DatabaseServer database;
    private final Pool pool;
    private final VisitStore store;
    private long sequence;

    VisitStoreTest(DatabaseServer database) {
        this.database = database;
        this.pool = pool(database);
        this.store = new VisitStore(pool);
    }

    static List<DatabaseServer> databases() {
        return databases;
    }

    @BeforeAll
    static void start() {
        Path folder = Path.of("target", "visit-store");
        databases = DatabaseServers.startAll(folder, TestAuthority.create(folder.resolve("authority")));
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        databases.forEach(DatabaseServer::close);
    }

    @BeforeEach
    void createTables() {
        database.executeAsAdministrator("DROP TABLE IF EXISTS visit, visit_batch, visit_totals");
        await(store.createSchema());
    }

    @AfterEach
    void disconnect() {
        pool.closeAndAwait();
    }

    private static Pool pool(DatabaseServer database) {
        String authority = database.caFile().orElseThrow().toString();
        return new Pool(MySQLBuilder.pool(builder -> builder.using(vertx)
                .with(new PoolOptions().setMaxSize(4))
                .connectingTo(new MySQLConnectOptions()
                        .setHost(DatabaseServer.HOST)
                        .setPort(database.port())
                        .setDatabase(DatabaseServer.DATABASE_NAME)
                        .setUser(DatabaseServer.ADMINISTRATOR)
                        .setPassword(DatabaseServer.ADMINISTRATOR_PASSWORD)
                        .setSslMode(SslMode.VERIFY_CA)
                        .setTrustOptions(new PemTrustOptions().addCertPath(authority)))));
    }

    @Test
    void totalsAddUpOverBatches() {
        save(Map.of(A, ONE, B, Visits.of(2, NOON.minusSeconds(9), NOON)));
        save(Map.of(A, Visits.of(4, NOON, NOON.plusSeconds(9))));
        assertTotals(2, 7, NOON.minusSeconds(9));
    }

    @Test
    void aRepeatedBatchCountsOnceInTheTotalsToo() {
        var batch = new Batch(1, new TreeMap<>(Map.of(A, ONE)), Map.of());
        await(store.save(batch));
        await(store.save(batch));
        assertTotals(1, 1, NOON);
    }

    @Test
    void anEmptyTableHasNoFirstVisit() {
        assertThat(await(store.totals())).isEqualTo(new Totals(0, 0, Optional.empty()));
    }

    @Test
    void furtherAddressesOfANetworkShareARow() throws SQLException {
        save(visitsOf(PREFIX, 0, 200));
        save(visitsOf(PREFIX, 100, 400));
        assertThat(rowsOf(NETWORK)).isEqualTo(257);
        assertThat(await(store.find(new Ipv6Address(PREFIX, 150))))
                .contains(CallerVisits.ofAddress(Visits.of(2, NOON, NOON)));
        assertThat(await(store.find(new Ipv6Address(PREFIX, 399))))
                .contains(new CallerVisits(Visits.of(400 - 256, NOON, NOON), Optional.of(NETWORK)));
        assertThat(await(store.find(new Ipv6Address(PREFIX, 1234567))))
                .map(CallerVisits::network)
                .contains(Optional.of(NETWORK));
        assertTotals(257, 500, NOON);
    }

    @Test
    void anAddressWithARowKeepsItsOwnCount() {
        save(visitsOf(PREFIX, 0, 300));
        save(visitsOf(PREFIX, 0, 300));
        assertThat(await(store.find(new Ipv6Address(PREFIX, 255))))
                .contains(CallerVisits.ofAddress(Visits.of(2, NOON, NOON)));
        assertThat(await(store.find(new Ipv6Address(PREFIX, 256))))
                .contains(new CallerVisits(Visits.of(88, NOON, NOON), Optional.of(NETWORK)));
    }

    @Test
    void otherNetworksAndIpv4AddressesAreNotAffected() throws SQLException {
        save(visitsOf(PREFIX, 0, 300));
        save(visitsOf(PREFIX + 1, 0, 256));
        save(visitsOf(PREFIX - 1, 0, 256));
        save(Map.of(A, ONE));
        assertThat(rowsOf(new Ipv6Network(PREFIX + 1))).isEqualTo(256);
        assertThat(rowsOf(new Ipv6Network(PREFIX - 1))).isEqualTo(256);
        assertThat(await(store.find(A))).contains(CallerVisits.ofAddress(ONE));
        assertTotals(257 + 256 + 256 + 1, 300 + 256 + 256 + 1, NOON);
    }

    @Test
    void visitsThatThePodCountedForANetworkShareItsRow() {
        await(store.save(new Batch(1, new TreeMap<>(), Map.of(NETWORK, Visits.of(9, NOON, NOON)))));
        assertThat(await(store.find(new Ipv6Address(PREFIX, 1))))
                .contains(new CallerVisits(Visits.of(9, NOON, NOON), Optional.of(NETWORK)));
        assertTotals(1, 9, NOON);
    }

    /** Without the lock, each pod would see fewer than 256 rows, and the pods together would create more. */
    @Test
    void podsTogetherCreateNoMoreRowsThanOne() throws Exception {
        long pods = 3;
        long batches = 20;
        List<Thread> threads = LongStream.range(0, pods)
                .mapToObj(pod -> Thread.ofPlatform().start(() -> {
                    var other = new VisitStore(pool);
                    for (long batch = 0; batch < batches; batch++) {
                        long first = (batch * pods + pod) * 100;
                        await(other.save(
                                new Batch(batch + 1, new TreeMap<>(visitsOf(PREFIX, first, first + 100)), Map.of())));
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(rowsOf(NETWORK)).isEqualTo(257);
        assertTotals(257, pods * batches * 100, NOON);
    }

    @Test
    void deletesOneAddress() {
        save(Map.of(A, Visits.of(3, NOON, NOON), B, ONE));
        await(store.delete(A));
        assertThat(await(store.find(A))).isEmpty();
        assertThat(await(store.find(B))).isPresent();
        assertTotals(1, 1, NOON);
        await(store.delete(A));
        assertTotals(1, 1, NOON);
    }

    @Test
    void deletesCallersThatHaveNotReturnedWithinTheRetention() {
        Instant recent = NOON.plus(Duration.ofDays(80));
        for (long prefix = 1; prefix <= 45; prefix++) {
            save(visitsOf(PREFIX + prefix, 0, 250));
        }
        save(visitsOf(PREFIX, 0, 300));
        save(Map.of(A, ONE, B, Visits.of(2, NOON, recent)));
        var retention = new VisitRetention(store, new TestVisitsConfig(1, 1), () -> NOON.plus(Duration.ofDays(91)));
        for (int step = 0; step < 5; step++) {
            await(retention.step());
        }
        assertTotals(1, 2, NOON);
        assertThat(await(store.find(B))).isPresent();
        assertThat(await(store.find(A))).isEmpty();
        save(visitsOf(PREFIX, 0, 1));
        assertThat(await(store.find(new Ipv6Address(PREFIX, 0)))).contains(CallerVisits.ofAddress(ONE));
    }

    @Test
    void deletesNothingWithinTheRetention() {
        save(Map.of(A, ONE));
        assertThat(await(store.deleteExpired(Buffer.buffer(), NOON))).isEmpty();
        assertTotals(1, 1, NOON);
    }

    @Test
    void computesTheTotalsOfAnOlderVersion() {
        database.executeAsAdministrator("DROP TABLE visit_totals");
        storeWithAnOlderVersion("203.0.113.7");
        await(store.createSchema());
        await(store.reconcileTotals());
        assertTotals(1, 5, NOON);
    }

    /** During an update of the deployment, pods of the older version store visits without the totals. */
    @Test
    void correctsTheTotalsOnceForAllPods() throws Exception {
        save(Map.of(B, ONE));
        storeWithAnOlderVersion("203.0.113.7");
        assertTotals(1, 1, NOON);
        database.executeAsAdministrator("UPDATE visit_totals SET reconciled = NOW() - INTERVAL 2 HOUR");
        List<Thread> threads = List.of(
                Thread.ofPlatform().start(() -> await(store.reconcileTotals())),
                Thread.ofPlatform().start(() -> await(new VisitStore(pool).reconcileTotals())));
        save(Map.of(B, ONE));
        for (Thread thread : threads) {
            thread.join();
        }
        assertTotals(2, 7, NOON);
    }

    private void save(Map<IpAddress, Visits> visits) {
        await(store.save(new Batch(++sequence, new TreeMap<>(visits), Map.of())));
    }

    private static Map<IpAddress, Visits> visitsOf(long prefix, long from, long to) {
        var visits = new TreeMap<IpAddress, Visits>();
        LongStream.range(from, to).forEach(host -> visits.put(new Ipv6Address(prefix, host), ONE));
        return visits;
    }

    private void assertTotals(long addresses, long visits, Instant since) {
        assertThat(await(store.totals())).isEqualTo(new Totals(addresses, visits, Optional.of(since)));
    }

    private long rowsOf(Ipv6Network network) throws SQLException {
        try (var connection = database.connectAsAdministrator();
                var query = connection.prepareStatement("SELECT COUNT(*) FROM visit WHERE LEFT(address, 8) = ?")) {
            query.setBytes(1, network.bytes());
            try (var result = query.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    private void storeWithAnOlderVersion(String address) {
        database.executeAsAdministrator("INSERT INTO visit VALUES (INET6_ATON('" + address
                + "'), 5, '2026-03-01 12:00:00', '2026-03-01 12:00:00')");
    }

    private static <T> T await(Uni<T> operation) {
        return operation.await().atMost(TIMEOUT);
    }
}
