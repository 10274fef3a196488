package io.reverser.simulators.aws.secretsmanager;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Rotation in Secrets Manager: it stages an empty version and invokes the rotation function for the four steps in order. After
 * a failure it retries all four, up to five attempts; then it stops and leaves the labels in place until the next RotateSecret.
 * The delay of 100 seconds and the number of attempts were observed; AWS does not document them.
 *
 * <p>{@link #runDue} executes what is due; {@link #start} starts a thread that does so.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda.html">Rotation by
 *     Lambda function</a>
 */
public final class RotationEngine implements AutoCloseable {

    private static final int MAX_ATTEMPTS = 5;
    private static final Duration RETRY_DELAY = Duration.ofSeconds(100);
    private static final long POLL_INTERVAL_MS = 100;

    private final SecretRepository secrets;
    private final ReentrantLock executionLock = new ReentrantLock();
    private final Map<String, RotationRun> running = new LinkedHashMap<>();
    private final Map<String, Instant> lastStartedDeadlines = new HashMap<>();
    private final List<RotationEvent> events = new CopyOnWriteArrayList<>();
    private final Thread pollThread =
            Thread.ofPlatform().daemon().name("rotations").unstarted(this::poll);
    private volatile FunctionInvoker functionInvoker = (arn, payload) -> {
        throw new IllegalStateException("There is no function " + arn);
    };

    RotationEngine(SecretRepository secrets) {
        this.secrets = secrets;
    }

    /** Invokes functions. An exception means that the step failed. */
    public interface FunctionInvoker {

        /**
         * Invokes a function and waits for it.
         *
         * @param payload {@code Step}, {@code SecretId} (an ARN), {@code ClientRequestToken} and {@code RotationToken}
         */
        void invoke(String functionArn, String payload);
    }

    /** Sets the function invoker. */
    public void setInvoker(FunctionInvoker invoker) {
        functionInvoker = invoker;
    }

    /** All events so far, oldest first. */
    public List<RotationEvent> events() {
        return List.copyOf(events);
    }

    /** Executes everything that is due in this thread: rotation steps and scheduled rotations. */
    public void runDue() {
        if (executionLock.isHeldByCurrentThread()) {
            return;
        }
        executionLock.lock();
        try {
            for (Optional<RotationRun> due = nextDue(); due.isPresent(); due = nextDue()) {
                execute(due.get());
            }
        } finally {
            executionLock.unlock();
        }
    }

    /** Starts a thread that executes what is due. */
    public void start() {
        pollThread.start();
    }

    @Override
    public void close() {
        pollThread.interrupt();
    }

    /** Begins a rotation, or a test of its settings. The caller holds the monitor of the secrets, as for all methods below. */
    void startRotation(StoredSecret secret, String token, boolean isTest) {
        Instant now = secrets.now();
        secret.versions().stagePending(token, now);
        secret.markChanged(now);
        var run = RotationRun.start(secret, token, isTest, now);
        running.put(secret.arn(), run);
        recordEvent(run, "Started", "");
    }

    /** Restarts the pending rotation if it stopped after its last attempt, because RotateSecret was called again. */
    void reattempt(StoredSecret secret) {
        if (secret.rotation().filter(RotationSettings::enabled).isPresent()) {
            secret.versions()
                    .labels()
                    .versionOf(StagingLabels.PENDING)
                    .ifPresent(token ->
                            running.putIfAbsent(secret.arn(), RotationRun.start(secret, token, false, secrets.now())));
        }
    }

    /** Cancels a rotation, and leaves its version and labels as they are. */
    void cancel(StoredSecret secret) {
        running.remove(secret.arn());
    }

    private Optional<RotationRun> nextDue() {
        synchronized (secrets) {
            secrets.all().forEach(this::startScheduled);
            List.copyOf(running.values()).stream()
                    .filter(RotationRun::isAbandoned)
                    .forEach(this::abandon);
            Instant now = secrets.now();
            return running.values().stream()
                    .filter(run -> !now.isBefore(run.dueAt()))
                    .findFirst();
        }
    }

    /** Begins each scheduled rotation once. If it fails, the date of the next rotation stays in the past. */
    private void startScheduled(StoredSecret secret) {
        Instant now = secrets.now();
        Optional<Instant> due = secret.rotation()
                .flatMap(RotationSettings::nextDeadline)
                .filter(time -> !now.isBefore(time) && !time.equals(lastStartedDeadlines.get(secret.arn())));
        if (due.isPresent() && secret.deletionDate().isEmpty() && !running.containsKey(secret.arn())) {
            lastStartedDeadlines.put(secret.arn(), due.get());
            if (!secret.versions().isRotating()) {
                startRotation(secret, UUID.randomUUID().toString(), false);
            }
        }
    }

    private void execute(RotationRun run) {
        Optional<String> failure = invoke(run);
        synchronized (secrets) {
            if (!run.equals(running.get(run.secret().arn()))) {
                return;
            }
            if (run.isAbandoned()) {
                abandon(run);
                return;
            }
            failure.or(run::incompleteStepReason)
                    .ifPresentOrElse(reason -> retryOrFail(run, reason), () -> completeStep(run));
        }
    }

    /** Invokes the function, and returns why it failed, if it did. The details of its exception are in the function's log. */
    private Optional<String> invoke(RotationRun run) {
        String payload = JsonNodeFactory.instance
                .objectNode()
                .put("Step", run.stepName())
                .put("SecretId", run.secret().arn())
                .put("ClientRequestToken", run.token())
                .put("RotationToken", UUID.randomUUID().toString())
                .toString();
        String function = function(run);
        try {
            functionInvoker.invoke(function, payload);
            return Optional.empty();
        } catch (RuntimeException failed) {
            return Optional.of("%s failed in step %s.".formatted(function, run.stepName()));
        }
    }

    private String function(RotationRun run) {
        synchronized (secrets) {
            return run.secret().rotation().orElseThrow().functionArn();
        }
    }

    private void completeStep(RotationRun run) {
        if (!run.isLastStep()) {
            running.put(run.secret().arn(), run.nextStep(secrets.now()));
            return;
        }
        if (!run.isTest()) {
            run.secret().markRotated(secrets.now());
        }
        finish(run, "Succeeded", "");
    }

    private void retryOrFail(RotationRun run, String reason) {
        RotationRun retry = run.retriedAfter(secrets.now(), RETRY_DELAY);
        if (run.isTest() || retry.failures() == MAX_ATTEMPTS) {
            finish(run, "Failed", reason);
        } else {
            running.put(run.secret().arn(), retry);
        }
    }

    private void abandon(RotationRun run) {
        finish(
                run,
                run.isTest() ? "Failed" : "Abandoned",
                "The staging label AWSPENDING was taken away from the version.");
    }

    private void finish(RotationRun run, String outcome, String message) {
        running.remove(run.secret().arn());
        if (run.isTest()) {
            run.secret().versions().remove(run.token());
        }
        recordEvent(run, outcome, message);
    }

    private void recordEvent(RotationRun run, String outcome, String message) {
        events.add(new RotationEvent(
                (run.isTest() ? "TestRotation" : "Rotation") + outcome,
                run.secret().arn(),
                run.token(),
                message,
                secrets.now()));
    }

    private void poll() {
        try {
            while (true) {
                Thread.sleep(POLL_INTERVAL_MS);
                runDue();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
