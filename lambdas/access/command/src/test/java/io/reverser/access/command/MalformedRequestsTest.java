package io.reverser.access.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.access.command.slack.ApiGatewayResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Sends malformed requests to the command function; {@code -Dfuzz} sets their number. Most have no valid signature; the
 * others are signed, but have hostile content. Events and responses are passed as bytes, as in Lambda.
 *
 * <p>The seed is random unless {@code -Dfuzz.seed} sets it; a failed test reports the seed and the requests.
 */
class MalformedRequestsTest {

    private static final int REQUESTS = Integer.getInteger("fuzz", 50_000);
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
    private static final int SIGNED_PERCENT = 15;
    private static final int CONCURRENCY = 2;
    private static final int MAX_REPORTED = 10;

    /** How much the heap may grow, because the simulators keep denials, modals and ephemeral replies. */
    private static final long MAX_RETAINED_BYTES = 8L << 20;

    private static final int MAX_RESPONSE_LENGTH = 8 * 1024;
    /** Slack's timeout for a response. The test measures CPU time, so that other load on the machine does not count. */
    private static final Duration MAX_CPU_TIME = Duration.ofSeconds(3);

    private static final ThreadMXBean THREAD_CPU = ManagementFactory.getThreadMXBean();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PrintStream STANDARD_OUTPUT = System.out;

    private final CommandFixture fixture = new CommandFixture();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void beQuiet() {
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() {
        System.setOut(STANDARD_OUTPUT);
        fixture.close();
    }

    @Test
    void rejectsMalformedRequests() throws InterruptedException, ExecutionException {
        send(0, REQUESTS / 10);
        long before = liveBytes();
        send(REQUESTS / 10, REQUESTS);
        long retained = liveBytes() - before;
        assertThat(failures.stream().limit(MAX_REPORTED))
                .as("of -Dfuzz.seed=%d", SEED)
                .isEmpty();
        assertThat(fixture.table.listOpen()).isEmpty();
        assertThat(fixture.alarmQueue.size()).isZero();
        assertThat(retained).as("bytes more than after the first tenth").isLessThan(MAX_RETAINED_BYTES);
        STANDARD_OUTPUT.printf("%d malformed requests, none accepted; %+d KiB live%n", REQUESTS, retained / 1024);
    }

    /** An unsigned request causes no outbound call except for reading the secret. */
    @Test
    void makesNoCallsForUnsignedRequests() {
        fixture.aws.faults().clearCalls();
        for (int request = 0; request < REQUESTS / 10; request++) {
            fixture.handle(UnsignedFuzzRequests.next(random(request), fixture.now()));
        }
        assertThat(fixture.aws.faults().calls())
                .as("of -Dfuzz.seed=%d", SEED)
                .containsOnly("SecretsManager.GetSecretValue")
                .hasSizeLessThanOrEqualTo(2);
    }

    private void send(int from, int to) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newFixedThreadPool(CONCURRENCY)) {
            for (Future<?> lane : IntStream.range(0, CONCURRENCY)
                    .mapToObj(lane -> threads.submit(() -> sendEveryOther(from + lane, to)))
                    .toList()) {
                lane.get();
            }
        }
        fixture.aws.faults().clearCalls();
    }

    private void sendEveryOther(int from, int to) {
        for (int request = from; request < to && failures.size() < MAX_REPORTED; request += CONCURRENCY) {
            send(request);
        }
    }

    private void send(int request) {
        SplittableRandom random = random(request);
        boolean signed = random.nextInt(100) < SIGNED_PERCENT;
        JsonNode event = signed
                ? SignedFuzzRequests.next(
                        random, fixture.now(), fixture.slack.responseUrlBase().toString())
                : UnsignedFuzzRequests.next(random, fixture.now());
        long start = THREAD_CPU.getCurrentThreadCpuTime();
        try {
            ApiGatewayResponse response = fixture.handle(JSON.readTree(JSON.writeValueAsBytes(event)));
            String bytes = new String(JSON.writeValueAsBytes(response.toJson()), StandardCharsets.UTF_8);
            check(request, signed, response, bytes);
        } catch (IOException | RuntimeException thrown) {
            failures.add("request %d: %s at %s".formatted(request, thrown, thrown.getStackTrace()[0]));
        }
        if (Duration.ofNanos(THREAD_CPU.getCurrentThreadCpuTime() - start).compareTo(MAX_CPU_TIME) > 0) {
            failures.add("request %d is slow".formatted(request));
        }
    }

    private void check(int request, boolean signed, ApiGatewayResponse response, String bytes) throws IOException {
        Set<Integer> fine = signed ? Set.of(200, 400, 403, 413) : Set.of(400, 401, 405, 413);
        boolean readable = response.body().isEmpty()
                || (signed && JSON.readTree(response.body()).isObject());
        if (!fine.contains(response.statusCode()) || !readable) {
            failures.add("request %d: answered with %d".formatted(request, response.statusCode()));
        }
        if (bytes.length() > MAX_RESPONSE_LENGTH) {
            failures.add("request %d: answered with %d bytes".formatted(request, bytes.length()));
        }
        for (String hidden : List.of(CommandFixture.SECRET, "xoxb-", "<!channel", "U0EVE>", "<https:")) {
            if (bytes.contains(hidden)) {
                failures.add("request %d: answered with %s".formatted(request, hidden));
            }
        }
    }

    private static SplittableRandom random(int request) {
        return new SplittableRandom(SEED + request * 0x9e3779b97f4a7c15L);
    }

    private static long liveBytes() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
