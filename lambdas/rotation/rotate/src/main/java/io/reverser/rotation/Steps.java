package io.reverser.rotation;

import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What Secrets Manager asks for. Each step may be repeated, and may be the last that this process does. Outside a window,
 * or with something in the way, a rotation is refused before it changes anything; once the database has changed, it goes on.
 */
final class Steps {

    private static final Logger LOG = Logger.getLogger(Steps.class);

    private final Secret secret;
    private final Exchange exchange;
    private final Gate gate;
    private final Journal journal;

    Steps(Secret secret, Exchange exchange, Gate gate, Journal journal) {
        this.secret = secret;
        this.exchange = exchange;
        this.gate = gate;
        this.journal = journal;
    }

    /**
     * Takes a step.
     *
     * @param token the new version of the secret
     * @param rotationToken that Secrets Manager may want to see with the new value
     */
    void take(Step step, String token, Optional<String> rotationToken) {
        SecretState state = secret.state();
        if (!state.isRotationOn()) {
            throw new StepFailure(Wording.ROTATION_IS_OFF);
        }
        if (state.isCurrent(token)) {
            tidy(state, token);
            return;
        }
        if (!state.isPending(token)) {
            throw new StepFailure(Wording.notPending(token));
        }
        refuseAgain(token);
        try {
            switch (step) {
                case CREATE -> create(state, token, rotationToken);
                case SET -> set(state, token);
                case TEST -> exchange.test(secret.version(token).orElseGet(secret::current));
                case FINISH -> finish(state, token);
            }
        } catch (RotationRefused refusal) {
            throw refusal;
        } catch (RuntimeException failure) {
            writeDown(step, token, failure);
            throw failure;
        }
    }

    private void create(SecretState state, String token, Optional<String> rotationToken) {
        if (secret.version(token).isPresent()) {
            return;
        }
        var admitted = admitted(state, token);
        List<String> problems = gate.problems(state, admitted.isEmergency());
        if (!problems.isEmpty()) {
            throw refused(token, String.join("; ", problems));
        }
        if (!journal.begin(token, state, admitted, gate.before())) {
            throw refused(token, Wording.ANOTHER_IS_NOT_OVER);
        }
        secret.put(token, exchange.next(secret.current()), rotationToken);
    }

    private void set(SecretState state, String token) {
        DatabaseSecret current = secret.current();
        DatabaseSecret pending = pending(token, current);
        if (exchange.letsIn(pending)) {
            return;
        }
        admitted(state, token);
        try {
            exchange.set(current, pending, () -> secret.mustBePending(token));
        } catch (DatabaseFailure failure) {
            if (failure.isFinal() && !exchange.letsIn(pending) && exchange.letsIn(current)) {
                throw refused(token, String.valueOf(failure.getMessage()));
            }
            throw failure;
        }
    }

    private void finish(SecretState state, String token) {
        DatabaseSecret current = secret.current();
        DatabaseSecret pending = pending(token, current);
        exchange.alone(pending, () -> {
            secret.mustBePending(token);
            exchange.test(pending);
            secret.promote(token, state.current());
            secret.unstage(token);
        });
    }

    /** Nobody is to wonder why {@code AWSPENDING} is still there. */
    private void tidy(SecretState state, String token) {
        if (state.isPending(token)) {
            secret.unstage(token);
        }
    }

    /** The new value; it must be the current one but for the login, or a change by somebody would be lost. */
    private DatabaseSecret pending(String token, DatabaseSecret current) {
        DatabaseSecret pending = secret.version(token).orElseThrow(() -> new StepFailure(Wording.noValue(token)));
        if (!current.differsOnlyInLogin(pending)) {
            throw new StepFailure(Wording.CHANGED_MEANWHILE);
        }
        return pending;
    }

    private Admission.Admitted admitted(SecretState state, String token) {
        return switch (gate.admit(state)) {
            case Admission.Admitted admitted -> admitted;
            case Admission.Refused refusal -> throw refused(token, refusal.why());
        };
    }

    /** What was refused stays refused, also when whoever did so was cut off before its label was gone. */
    private void refuseAgain(String token) {
        Optional<Note> end = journal.about(token).stream()
                .filter(note -> note.mark().isEnd())
                .findFirst();
        if (end.isPresent()) {
            secret.unstage(token);
            throw new RotationRefused(end.get().detail());
        }
    }

    /** Tells once, and leaves the secret as if nobody had asked. */
    private RotationRefused refused(String token, String why) {
        journal.end(token, Mark.REFUSED, why);
        secret.unstage(token);
        return new RotationRefused(why);
    }

    /** What went wrong is thrown, whether or not it can be written down. */
    private void writeDown(Step step, String token, RuntimeException failure) {
        try {
            journal.failed(token, step, String.valueOf(failure.getMessage()));
        } catch (RuntimeException alsoFailed) {
            LOG.errorf("A failed step could not be written down: %s", alsoFailed.getMessage());
            failure.addSuppressed(alsoFailed);
        }
    }
}
