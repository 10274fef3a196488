package io.reverser.simulators.aws;

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
 * The rotations of Secrets Manager: it stages an empty version and lets the rotation function carry out the four steps, one
 * after the other. After a failure all of it is tried again, five times altogether; then it is silent, with the labels as they
 * are, until somebody asks for a rotation again. That the pauses take 100 seconds, and how many there are, was observed, AWS
 * does not say.
 *
 * <p>Nothing happens by itself: {@link #runDue} does what is due, or a thread that {@link #start} starts.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda.html">Rotation by Lambda
 *     function</a>
 */
public final class Rotations implements AutoCloseable {

    private static final int TRIES = 5;
    private static final Duration PAUSE = Duration.ofSeconds(100);
    private static final long LOOK_EVERY_MS = 100;

    private final Secrets secrets;
    private final ReentrantLock carryingOut = new ReentrantLock();
    private final Map<String, Rotation> running = new LinkedHashMap<>();
    private final Map<String, Instant> begun = new HashMap<>();
    private final List<RotationEvent> events = new CopyOnWriteArrayList<>();
    private final Thread watch = Thread.ofPlatform().daemon().name("rotations").unstarted(this::watch);
    private volatile Invoker functions = (arn, payload) -> {
        throw new IllegalStateException("There is no function " + arn);
    };

    Rotations(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Who invokes functions. An exception means that the step failed. */
    public interface Invoker {

        /**
         * Invokes and waits.
         *
         * @param payload {@code Step}, {@code SecretId} (an ARN), {@code ClientRequestToken} and {@code RotationToken}
         */
        void invoke(String functionArn, String payload);
    }

    /** Says who invokes functions from now on. */
    public void calls(Invoker invoker) {
        functions = invoker;
    }

    /** All that happened so far, oldest first. */
    public List<RotationEvent> events() {
        return List.copyOf(events);
    }

    /** Does everything that is due, in this thread: steps of rotations, and rotations by their schedules. */
    public void runDue() {
        if (carryingOut.isHeldByCurrentThread()) {
            return;
        }
        carryingOut.lock();
        try {
            for (Optional<Rotation> due = due(); due.isPresent(); due = due()) {
                carryOut(due.get());
            }
        } finally {
            carryingOut.unlock();
        }
    }

    /** Does what is due from now on, in a thread of its own. */
    public void start() {
        watch.start();
    }

    @Override
    public void close() {
        watch.interrupt();
    }

    /** Begins a rotation, or a test of its settings. Like everything below, with the monitor of the secrets held. */
    void begin(Secret secret, String token, boolean isTest) {
        Instant now = secrets.now();
        secret.versions().stage(token, now);
        secret.changed(now);
        var rotation = Rotation.of(secret, token, isTest, now);
        running.put(secret.arn(), rotation);
        tell(rotation, "Started", "");
    }

    /** Tries again to complete what was given up. */
    void reattempt(Secret secret) {
        if (secret.rotation().filter(RotationSettings::enabled).isPresent()) {
            secret.versions()
                    .labels()
                    .holder(StagingLabels.PENDING)
                    .ifPresent(token ->
                            running.putIfAbsent(secret.arn(), Rotation.of(secret, token, false, secrets.now())));
        }
    }

    /** Goes no further, and cleans nothing up. */
    void stop(Secret secret) {
        running.remove(secret.arn());
    }

    private Optional<Rotation> due() {
        synchronized (secrets) {
            secrets.all().forEach(this::beginScheduled);
            List.copyOf(running.values()).stream().filter(Rotation::isAbandoned).forEach(this::abandon);
            Instant now = secrets.now();
            return running.values().stream()
                    .filter(rotation -> !now.isBefore(rotation.due()))
                    .findFirst();
        }
    }

    /** Once for each date: where that came to nothing, the date stays in the past. */
    private void beginScheduled(Secret secret) {
        Instant now = secrets.now();
        Optional<Instant> due = secret.rotation()
                .flatMap(RotationSettings::next)
                .filter(time -> !now.isBefore(time) && !time.equals(begun.get(secret.arn())));
        if (due.isPresent() && secret.deletion().isEmpty() && !running.containsKey(secret.arn())) {
            begun.put(secret.arn(), due.get());
            if (!secret.versions().isRotating()) {
                begin(secret, UUID.randomUUID().toString(), false);
            }
        }
    }

    private void carryOut(Rotation rotation) {
        Optional<String> failure = invoke(rotation);
        synchronized (secrets) {
            if (!rotation.equals(running.get(rotation.secret().arn()))) {
                return;
            }
            if (rotation.isAbandoned()) {
                abandon(rotation);
                return;
            }
            failure.or(rotation::undone).ifPresentOrElse(why -> tryAgain(rotation, why), () -> proceed(rotation));
        }
    }

    /** What the function throws is for its own log: it is not repeated here. */
    private Optional<String> invoke(Rotation rotation) {
        String payload = JsonNodeFactory.instance
                .objectNode()
                .put("Step", rotation.stepName())
                .put("SecretId", rotation.secret().arn())
                .put("ClientRequestToken", rotation.token())
                .put("RotationToken", UUID.randomUUID().toString())
                .toString();
        String function = function(rotation);
        try {
            functions.invoke(function, payload);
            return Optional.empty();
        } catch (RuntimeException failed) {
            return Optional.of("%s failed in step %s.".formatted(function, rotation.stepName()));
        }
    }

    private String function(Rotation rotation) {
        synchronized (secrets) {
            return rotation.secret().rotation().orElseThrow().functionArn();
        }
    }

    private void proceed(Rotation rotation) {
        if (!rotation.isLastStep()) {
            running.put(rotation.secret().arn(), rotation.next(secrets.now()));
            return;
        }
        if (!rotation.isTest()) {
            rotation.secret().rotated(secrets.now());
        }
        end(rotation, "Succeeded", "");
    }

    private void tryAgain(Rotation rotation, String why) {
        Rotation again = rotation.again(secrets.now(), PAUSE);
        if (rotation.isTest() || again.failures() == TRIES) {
            end(rotation, "Failed", why);
        } else {
            running.put(rotation.secret().arn(), again);
        }
    }

    private void abandon(Rotation rotation) {
        end(
                rotation,
                rotation.isTest() ? "Failed" : "Abandoned",
                "The staging label AWSPENDING was taken away from the version.");
    }

    private void end(Rotation rotation, String how, String message) {
        running.remove(rotation.secret().arn());
        if (rotation.isTest()) {
            rotation.secret().versions().remove(rotation.token());
        }
        tell(rotation, how, message);
    }

    private void tell(Rotation rotation, String how, String message) {
        events.add(new RotationEvent(
                (rotation.isTest() ? "TestRotation" : "Rotation") + how,
                rotation.secret().arn(),
                rotation.token(),
                message,
                secrets.now()));
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY_MS);
                runDue();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
