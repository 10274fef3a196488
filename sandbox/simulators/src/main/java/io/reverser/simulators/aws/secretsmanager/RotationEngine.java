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
 * Rotates secrets as Secrets Manager does: it creates an empty version with the label AWSPENDING and invokes the
 * rotation function for the four steps in order. If a step fails, all four steps are retried, up to five attempts;
 * after the last attempt, the labels stay where they are until the next RotateSecret. The delay of 100 seconds between
 * attempts and the number of attempts were observed in AWS, which does not document them.
 *
 * <p>{@link #runDue} executes what is due; {@link #start} starts a thread that calls it repeatedly.
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

    /** Invokes rotation functions. An exception means that the rotation step failed. */
    public interface FunctionInvoker {

        /**
         * Invokes a rotation function and waits until it has returned.
         *
         * @param payload {@code Step}, {@code SecretId} (an ARN), {@code ClientRequestToken} and {@code RotationToken}
         */
        void invoke(String functionArn, String payload);
    }

    /** Sets the invoker of rotation functions. */
    public void setInvoker(FunctionInvoker invoker) {
        functionInvoker = invoker;
    }

    /** All rotation events so far, oldest first. */
    public List<RotationEvent> events() {
        return List.copyOf(events);
    }

    /** Executes all due rotation steps and begins all due scheduled rotations, in the calling thread. */
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

    /** Starts a thread that executes due rotation steps and begins due scheduled rotations. */
    public void start() {
        pollThread.start();
    }

    @Override
    public void close() {
        pollThread.interrupt();
    }

    /**
     * Begins a rotation, or a test of the secret's rotation settings. The caller must hold the monitor of the secret
     * repository, as for all methods below.
     */
    void startRotation(StoredSecret secret, String token, boolean isTest) {
        Instant now = secrets.now();
        secret.versions().stagePending(token, now);
        secret.markChanged(now);
        var run = RotationRun.start(secret, token, isTest, now);
        running.put(secret.arn(), run);
        recordEvent(run, "Started", "");
    }

    /** Restarts a rotation that stopped after its last attempt and is still pending. RotateSecret calls this method. */
    void reattempt(StoredSecret secret) {
        if (secret.rotation().filter(RotationSettings::enabled).isPresent()) {
            secret.versions()
                    .labels()
                    .versionOf(StagingLabels.PENDING)
                    .ifPresent(token ->
                            running.putIfAbsent(secret.arn(), RotationRun.start(secret, token, false, secrets.now())));
        }
    }

    /** Cancels a rotation. The version that it created stays, and all labels stay where they are. */
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

    /**
     * Begins each due scheduled rotation once. If a rotation fails, the secret's next rotation date stays in the past.
     */
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

    /**
     * Invokes the rotation function for the next step. Returns why the step failed; empty if it succeeded. The details
     * of an exception are in the function's log.
     */
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
