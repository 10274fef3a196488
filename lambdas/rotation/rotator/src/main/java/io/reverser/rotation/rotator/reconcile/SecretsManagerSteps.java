package io.reverser.rotation.rotator.reconcile;

import io.reverser.rotation.rotator.admission.Admission;
import io.reverser.rotation.rotator.admission.Preconditions;
import io.reverser.rotation.rotator.database.CredentialSwitcher;
import io.reverser.rotation.rotator.database.DatabaseException;
import io.reverser.rotation.rotator.eventlog.RotationEventType;
import io.reverser.rotation.rotator.eventlog.RotationLog;
import io.reverser.rotation.rotator.eventlog.RotationLogEntry;
import io.reverser.rotation.rotator.secret.DatabaseSecret;
import io.reverser.rotation.rotator.secret.RotationStep;
import io.reverser.rotation.rotator.secret.SecretState;
import io.reverser.rotation.rotator.secret.SecretsManagerSecret;
import io.reverser.rotation.rotator.secret.StepFailedException;
import io.reverser.rotation.rotator.text.RotationText;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The four rotation steps that Secrets Manager calls. Each step is idempotent, and the process may crash at any point
 * of a step. Outside a window, or when a precondition fails, a rotation is rejected before it changes anything. Once
 * the database has changed, the rotation continues.
 */
public final class SecretsManagerSteps {

    private static final Logger LOG = Logger.getLogger(SecretsManagerSteps.class);

    private final SecretsManagerSecret secret;
    private final CredentialSwitcher switcher;
    private final Preconditions preconditions;
    private final RotationLog rotationLog;

    public SecretsManagerSteps(
            SecretsManagerSecret secret,
            CredentialSwitcher switcher,
            Preconditions preconditions,
            RotationLog rotationLog) {
        this.secret = secret;
        this.switcher = switcher;
        this.preconditions = preconditions;
        this.rotationLog = rotationLog;
    }

    /**
     * Runs a step.
     *
     * @param token the new version of the secret
     * @param rotationToken a token from Secrets Manager, if it sent one; writing the new value requires this token
     */
    public void run(RotationStep step, String token, Optional<String> rotationToken) {
        SecretState state = secret.describe();
        if (!state.isRotationEnabled()) {
            throw new StepFailedException(RotationText.ROTATION_DISABLED);
        }
        if (state.isCurrent(token)) {
            clearPendingLabel(state, token);
            return;
        }
        if (!state.isPending(token)) {
            throw new StepFailedException(RotationText.notPending(token));
        }
        rejectIfEnded(token);
        try {
            switch (step) {
                case CREATE -> create(state, token, rotationToken);
                case SET -> set(state, token);
                case TEST -> switcher.testOnAllServers(secret.findVersion(token).orElseGet(secret::getCurrentVersion));
                case FINISH -> finish(state, token);
            }
        } catch (RotationRejectedException rejection) {
            throw rejection;
        } catch (RuntimeException failure) {
            recordFailure(step, token, failure);
            throw failure;
        }
    }

    private void create(SecretState state, String token, Optional<String> rotationToken) {
        if (secret.findVersion(token).isPresent()) {
            return;
        }
        var admitted = requireAdmission(state, token);
        List<String> problems = preconditions.findFailedChecks(state, admitted.isBreakGlass());
        if (!problems.isEmpty()) {
            throw recordRejection(token, String.join("; ", problems));
        }
        if (!rotationLog.start(token, state, admitted, preconditions.readBaseline())) {
            throw recordRejection(token, RotationText.ROTATION_IN_PROGRESS);
        }
        secret.putVersion(token, switcher.generateNext(secret.getCurrentVersion()), rotationToken);
    }

    private void set(SecretState state, String token) {
        DatabaseSecret current = secret.getCurrentVersion();
        DatabaseSecret pending = readPending(token, current);
        if (switcher.canLogIn(pending)) {
            return;
        }
        requireAdmission(state, token);
        try {
            switcher.activate(current, pending, () -> secret.requirePending(token));
        } catch (DatabaseException failure) {
            if (failure.isPermanent() && !switcher.canLogIn(pending) && switcher.canLogIn(current)) {
                throw recordRejection(token, String.valueOf(failure.getMessage()));
            }
            throw failure;
        }
    }

    private void finish(SecretState state, String token) {
        DatabaseSecret current = secret.getCurrentVersion();
        DatabaseSecret pending = readPending(token, current);
        switcher.withAdminLock(pending, () -> {
            secret.requirePending(token);
            switcher.testOnAllServers(pending);
            secret.promote(token, state.currentVersion());
            secret.removePendingLabel(token);
        });
    }

    /**
     * Removes {@code AWSPENDING} from a version that is already current: the label would look like an unfinished
     * rotation.
     */
    private void clearPendingLabel(SecretState state, String token) {
        if (state.isPending(token)) {
            secret.removePendingLabel(token);
        }
    }

    /**
     * The value of the pending version. It may differ from the current value in the login only; otherwise, promoting it
     * would undo a change to the secret that was made in the meantime.
     */
    private DatabaseSecret readPending(String token, DatabaseSecret current) {
        DatabaseSecret pending =
                secret.findVersion(token).orElseThrow(() -> new StepFailedException(RotationText.noValue(token)));
        if (!current.differsOnlyInCredentials(pending)) {
            throw new StepFailedException(RotationText.SECRET_CHANGED_DURING_ROTATION);
        }
        return pending;
    }

    private Admission.Admitted requireAdmission(SecretState state, String token) {
        return switch (preconditions.admit(state)) {
            case Admission.Admitted admitted -> admitted;
            case Admission.Rejected rejected -> throw recordRejection(token, rejected.reason());
        };
    }

    /** Rejects a step of a rotation that has ended, even if the process crashed before it removed the pending label. */
    private void rejectIfEnded(String token) {
        Optional<RotationLogEntry> end = rotationLog.findEntries(token).stream()
                .filter(entry -> entry.type().isTerminal())
                .findFirst();
        if (end.isPresent()) {
            secret.removePendingLabel(token);
            throw new RotationRejectedException(end.get().message());
        }
    }

    /** Records the rejection once, and removes the pending label, so that the secret is as it was before. */
    private RotationRejectedException recordRejection(String token, String why) {
        rotationLog.appendEnd(token, RotationEventType.REJECTED, why);
        secret.removePendingLabel(token);
        return new RotationRejectedException(why);
    }

    /** Records the failure of a step if DynamoDB is available; the caller rethrows the failure in any case. */
    private void recordFailure(RotationStep step, String token, RuntimeException failure) {
        try {
            rotationLog.appendStepFailure(token, step, String.valueOf(failure.getMessage()));
        } catch (RuntimeException alsoFailed) {
            LOG.errorf("Could not record the failed step: %s", alsoFailed.getMessage());
            failure.addSuppressed(alsoFailed);
        }
    }
}
