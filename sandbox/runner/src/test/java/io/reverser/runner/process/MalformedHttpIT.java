package io.reverser.runner.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reverser.simulators.database.MariaDbServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Tests the packaged reverser with input from scanners, broken clients and attackers: {@code -Dfuzz.connections}
 * malformed connections. At the same time, other connections never finish their requests, and the reverser must count
 * the visits of a valid caller correctly. The seed is random unless {@code -Dfuzz.seed} sets it; the message of a
 * failure contains the seed.
 */
class MalformedHttpIT {

    private static final int CONNECTIONS = Integer.getInteger("fuzz.connections", 6_000);
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
    private static final int CONCURRENCY = 32;
    private static final int UNFINISHED_REQUESTS = 100;
    private static final int VALID_REQUESTS = 500;
    private static final String VALID_CALLER = "203.0.113.77";
    /** The socket timeout in milliseconds. It is short, because an incomplete request gets no response. */
    private static final int READ_TIMEOUT_MS = 200;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
    private static final Path LOG = ItFolder.PATH.resolve("malformed-http.log");
    private static final long MAX_MEGABYTES = 256;
    private static final int MAX_SHOWN = 10;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");
    private static final Pattern LEAK = Pattern.compile(
            "Exception|\\bat [a-z]+\\.[a-z]|quarkus|vert\\.?x|netty|java[./]|io\\.reverser|(?i:\\nserver:)");

    private static MariaDbServer database;

    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();

    @BeforeAll
    static void startDatabase() {
        database = MariaDbServer.start(ItFolder.PATH.resolve("mariadb"));
        database.dropAllTables();
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @Test
    void answersAndCountsOthersDespiteMalformedRequests() throws Exception {
        try (var reverser = start()) {
            await().atMost(CONNECT_TIMEOUT)
                    .until(() -> ReverserClient.of(reverser)
                            .json("203.0.113.1")
                            .get("visits")
                            .isJsonObject());
            List<Socket> unfinished = new ArrayList<>();
            for (int i = 0; i < UNFINISHED_REQUESTS; i++) {
                unfinished.add(begin(reverser.ports()));
            }
            try (var threads = Executors.newFixedThreadPool(CONCURRENCY);
                    var honest = new KeepAliveConnection(reverser.ports().http())) {
                List<Future<?>> lanes = IntStream.range(0, CONCURRENCY)
                        .<Future<?>>mapToObj(lane -> threads.submit(() -> writeAll(lane, reverser.ports())))
                        .toList();
                for (int visit = 0; visit < VALID_REQUESTS; visit++) {
                    assertThat(honest.get(VALID_CALLER)).isEqualTo(200);
                }
                for (Future<?> lane : lanes) {
                    lane.get();
                }
            }
            for (Socket socket : unfinished) {
                assertThat(socket.getInputStream().read())
                        .as("closed by the other side")
                        .isNegative();
                socket.close();
            }
            assertThat(wrong.stream().limit(MAX_SHOWN))
                    .as("of -Dfuzz.seed=%d", SEED)
                    .isEmpty();
            assertThat(ReverserClient.of(reverser).get(VALID_CALLER, "*/*").body())
                    .isEqualTo("203.0.113.77\n77.113.0.203\n");
            await().atMost(CONNECT_TIMEOUT)
                    .untilAsserted(() -> assertThat(visits(VALID_CALLER)).isEqualTo(VALID_REQUESTS + 1));
            assertThat(visits(MalformedHttp.SMUGGLED)).isZero();
            long memory = (long) ProcessMemory.peakMegabytes(reverser.process().toHandle());
            assertThat(memory).as("megabytes at most").isLessThan(MAX_MEGABYTES);
            System.out.printf("%d malformed connections: %s, %d MB at most%n", CONNECTIONS, answers, memory);
        }
    }

    private void writeAll(int lane, Ports ports) {
        for (int number = lane; number < CONNECTIONS && wrong.size() < MAX_SHOWN; number += CONCURRENCY) {
            byte[] bytes = new MalformedHttp(new SplittableRandom(SEED + number * 0x9e3779b97f4a7c15L)).next();
            check(number, answer(bytes, ports));
        }
    }

    private void check(int number, String answer) {
        Matcher status = STATUS.matcher(answer);
        boolean answered = false;
        while (status.find()) {
            answered = true;
            answers.merge(status.group(1), 1, Integer::sum);
            if (status.group(1).startsWith("5")) {
                wrong.add("connection %d: %s".formatted(number, status.group(1)));
            }
        }
        if (!answered) {
            answers.merge("none", 1, Integer::sum);
        }
        Matcher leak = LEAK.matcher(answer);
        if (leak.find()) {
            wrong.add("connection %d: answered with %s".formatted(number, leak.group()));
        }
    }

    /** Returns everything that the client receives until the server closes the connection or waits for more input. */
    private static String answer(byte[] bytes, Ports ports) {
        var answer = new ByteArrayOutputStream();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), ports.http())) {
            socket.setSoTimeout(READ_TIMEOUT_MS);
            socket.getOutputStream().write(bytes);
            byte[] part = new byte[16_384];
            for (int read = socket.getInputStream().read(part);
                    read >= 0;
                    read = socket.getInputStream().read(part)) {
                answer.write(part, 0, read);
                socket.setSoTimeout(READ_TIMEOUT_MS / 10);
            }
        } catch (IOException closedOrSilent) {
            answer.write('\n');
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    /** Opens a connection, and sends the start of a request that is never completed. */
    private static Socket begin(Ports ports) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), ports.http());
        socket.setSoTimeout((int) CONNECT_TIMEOUT.toMillis());
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\nX-Slow".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static RunningReverser start() {
        var environment = new HashMap<>(MariaDbServer.environment(database.port()));
        environment.put("QUARKUS_HTTP_IDLE_TIMEOUT", "3s");
        return TrainedReverser.start(environment, LOG);
    }

    private static long visits(String caller) throws SQLException {
        try (var connection = database.connect();
                var query = connection.prepareStatement(
                        "SELECT COALESCE(SUM(visits), 0) FROM visit WHERE address = INET6_ATON(?)")) {
            query.setString(1, caller);
            try (var result = query.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }
}
