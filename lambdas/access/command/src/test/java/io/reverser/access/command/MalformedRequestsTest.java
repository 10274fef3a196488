package io.reverser.access.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Requests that no honest client makes, as many as {@code -Dfuzz} says: most of them not Slack's, the others with its
 * signature and nonsense within. Each goes in and comes out as bytes, as Lambda hands them over.
 *
 * <p>Another seed each time, unless {@code -Dfuzz.seed} gives one; a failure names its seed and its requests.
 */
class MalformedRequestsTest {

    private static final int REQUESTS = Integer.getInteger("fuzz", 50_000);
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
    private static final int SIGNED_IN_100 = 15;
    private static final int AT_ONCE = 2;
    private static final int MOST_SHOWN = 10;

    /** What may stay behind: the simulators remember denials, modals and whispers. */
    private static final long MOST_BYTES_LEFT = 8L << 20;

    private static final int LONGEST_ANSWER = 8 * 1024;
    /** Slack's patience, as time of the processor: what else the machine does is not the request's fault. */
    private static final Duration SLOWEST = Duration.ofSeconds(3);

    private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger LOG = Logger.getLogger("io.reverser.access.command");

    private final Desk desk = new Desk();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void beQuiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterEach
    void close() {
        LOG.setLevel(null);
        desk.close();
    }

    @Test
    void comeToNothingHoweverMany() throws InterruptedException, ExecutionException {
        send(0, REQUESTS / 10);
        long before = liveBytes();
        send(REQUESTS / 10, REQUESTS);
        long left = liveBytes() - before;
        assertThat(wrong.stream().limit(MOST_SHOWN))
                .as("of -Dfuzz.seed=%d", SEED)
                .isEmpty();
        assertThat(desk.table.open()).isEmpty();
        assertThat(desk.alarmClicks.size()).isZero();
        assertThat(left).as("bytes more than after the first tenth").isLessThan(MOST_BYTES_LEFT);
        System.out.printf("%d malformed requests, none taken; %+d KiB live%n", REQUESTS, left / 1024);
    }

    /** What nobody signed makes us ask nobody, but for the secret. */
    @Test
    void causeNoCallsWithoutASignature() {
        desk.aws.faults().forgetCalls();
        for (int request = 0; request < REQUESTS / 10; request++) {
            desk.handle(UnsignedRequests.next(random(request), desk.now()));
        }
        assertThat(desk.aws.faults().calls())
                .as("of -Dfuzz.seed=%d", SEED)
                .containsOnly("SecretsManager.GetSecretValue")
                .hasSizeLessThanOrEqualTo(2);
    }

    private void send(int from, int to) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Future<?> lane : IntStream.range(0, AT_ONCE)
                    .mapToObj(lane -> threads.submit(() -> sendEveryOther(from + lane, to)))
                    .toList()) {
                lane.get();
            }
        }
        desk.aws.faults().forgetCalls();
    }

    private void sendEveryOther(int from, int to) {
        for (int request = from; request < to && wrong.size() < MOST_SHOWN; request += AT_ONCE) {
            send(request);
        }
    }

    private void send(int request) {
        SplittableRandom random = random(request);
        boolean signed = random.nextInt(100) < SIGNED_IN_100;
        JsonNode event = signed
                ? SignedGarbage.next(random, desk.now(), desk.slack.responses().toString())
                : UnsignedRequests.next(random, desk.now());
        long start = PROCESSOR.getCurrentThreadCpuTime();
        try {
            HttpAnswer answer = desk.handle(JSON.readTree(JSON.writeValueAsBytes(event)));
            String bytes = new String(JSON.writeValueAsBytes(answer), StandardCharsets.UTF_8);
            check(request, signed, answer, bytes);
        } catch (IOException | RuntimeException thrown) {
            wrong.add("request %d: %s at %s".formatted(request, thrown, thrown.getStackTrace()[0]));
        }
        if (Duration.ofNanos(PROCESSOR.getCurrentThreadCpuTime() - start).compareTo(SLOWEST) > 0) {
            wrong.add("request %d is slow".formatted(request));
        }
    }

    private void check(int request, boolean signed, HttpAnswer answer, String bytes) throws IOException {
        Set<Integer> fine = signed ? Set.of(200, 400, 403, 413) : Set.of(400, 401, 405, 413);
        boolean readable = answer.body().isEmpty()
                || (signed && JSON.readTree(answer.body()).isObject());
        if (!fine.contains(answer.statusCode()) || !readable) {
            wrong.add("request %d: answered with %d".formatted(request, answer.statusCode()));
        }
        if (bytes.length() > LONGEST_ANSWER) {
            wrong.add("request %d: answered with %d bytes".formatted(request, bytes.length()));
        }
        for (String hidden : List.of(Desk.SECRET, "xoxb-", "<!channel", "U0EVE>", "<https:")) {
            if (bytes.contains(hidden)) {
                wrong.add("request %d: answered with %s".formatted(request, hidden));
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
