package io.reverser.rotation.rotator.reconcile;

import io.reverser.rotation.plan.Occurrence;
import io.reverser.rotation.plan.RotationPlan;
import io.reverser.rotation.plan.WindowStatus;
import io.reverser.rotation.rotator.admission.Admission;
import io.reverser.rotation.rotator.admission.BreakGlass;
import io.reverser.rotation.rotator.admission.Preconditions;
import io.reverser.rotation.rotator.admission.RotationContext;
import io.reverser.rotation.rotator.database.DatabaseException;
import io.reverser.rotation.rotator.eventlog.Rotation;
import io.reverser.rotation.rotator.eventlog.RotationEventType;
import io.reverser.rotation.rotator.eventlog.RotationLog;
import io.reverser.rotation.rotator.kubernetes.KubernetesException;
import io.reverser.rotation.rotator.secret.SecretState;
import io.reverser.rotation.rotator.text.RotationText;
import io.reverser.slack.message.Mrkdwn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/** Starts a rotation when one is due, a window is open and all preconditions hold. */
public final class RotationStarter {

    private static final Logger LOG = Logger.getLogger(RotationStarter.class);

    /**
     * How long the function leaves a pending version of the secret unchanged: enough time for an operator to finish a
     * rotation that they started by hand.
     */
    private static final Duration PENDING_VERSION_TIMEOUT = Duration.ofMinutes(10);

    /**
     * The maximum length of a tag value that contains a time. Longer values are truncated, because a tag may be longer
     * than a key of the DynamoDB table.
     */
    private static final int MAX_TIME_LENGTH = 40;

    private final RotationPlan plan;
    private final Preconditions preconditions;
    private final RotationContext context;
    private final RotationLog rotationLog;

    public RotationStarter(
            RotationPlan plan, Preconditions preconditions, RotationContext context, RotationLog rotationLog) {
        this.plan = plan;
        this.preconditions = preconditions;
        this.context = context;
        this.rotationLog = rotationLog;
    }

    /** Starts a rotation if one is due, or records what blocks it; returns whether one was started. */
    boolean startIfDue(Optional<Rotation> latest, SecretState state) {
        latest.ifPresent(last -> recordExternalChange(last, state));
        recordInvalidTags(state);
        return switch (preconditions.admit(state)) {
            case Admission.Admitted admitted -> isWanted(admitted, latest, state) && start(admitted, state);
            case Admission.Rejected rejected -> {
                recordMissedWindow(latest, state);
                yield false;
            }
        };
    }

    private boolean isWanted(Admission.Admitted admitted, Optional<Rotation> latest, SecretState state) {
        boolean tried = latest.filter(last -> last.windowId().equals(admitted.windowId()))
                .isPresent();
        return !tried && (admitted.isBreakGlass() || isDue(latest, state));
    }

    private boolean isDue(Optional<Rotation> latest, SecretState state) {
        return rotationLog.hasElapsed(plan.rotateAfter(), Rotation.lastRotatedAt(latest, state));
    }

    private boolean start(Admission.Admitted admitted, SecretState state) {
        Optional<String> abandoned = state.pendingVersion().filter(version -> !state.isCurrent(version));
        if (abandoned.isPresent()) {
            clearPendingVersion(abandoned.get());
            return false;
        }
        List<String> problems = findFailedChecks(admitted, state);
        if (!problems.isEmpty()) {
            rotationLog.append(admitted.windowId(), RotationEventType.BLOCKED, String.join("; ", problems));
            return false;
        }
        return rotationLog.start(UUID.randomUUID().toString(), state, admitted, preconditions.readBaseline());
    }

    /**
     * The failed preconditions. An unavailable dependency blocks the rotation, too. The checks are retried once,
     * because a single failed call is not worth a message.
     */
    private List<String> findFailedChecks(Admission.Admitted admitted, SecretState state) {
        try {
            return preconditions.findFailedChecks(state, admitted.isBreakGlass());
        } catch (DatabaseException | KubernetesException | SdkException transientFailure) {
            LOG.warnf("Preconditions could not be checked, retrying once: %s", transientFailure.getMessage());
        }
        try {
            return preconditions.findFailedChecks(state, admitted.isBreakGlass());
        } catch (DatabaseException | KubernetesException | SdkException failure) {
            return List.of(String.valueOf(failure.getMessage()));
        }
    }

    /**
     * Aborts an abandoned pending version, because Secrets Manager rejects a rotation while another version is pending.
     * If the database accepts the login of the pending version, the login is revoked as well.
     */
    private void clearPendingVersion(String version) {
        rotationLog.append(
                version, RotationEventType.BLOCKED, RotationText.pendingVersionLeft(PENDING_VERSION_TIMEOUT));
        boolean isOld = rotationLog.findEntries(version).stream()
                .filter(entry -> entry.type() == RotationEventType.BLOCKED)
                .anyMatch(entry -> rotationLog.hasElapsed(PENDING_VERSION_TIMEOUT, entry.at()));
        if (isOld) {
            context.abortVersion(version);
        }
    }

    /**
     * Records an external change of the secret: the current version is not the one with which the latest rotation
     * ended.
     */
    private void recordExternalChange(Rotation last, SecretState state) {
        String expected = last.progress() == RotationEventType.COMPLETED ? last.newVersion() : last.oldVersion();
        if (!state.isCurrent(expected)) {
            rotationLog.append(state.currentVersion(), RotationEventType.CHANGED_EXTERNALLY, "");
        }
    }

    /** Reports invalid break-glass tags to the operator who set them. */
    private void recordInvalidTags(SecretState state) {
        if (BreakGlass.parse(state.tags(), rotationLog.now()) instanceof BreakGlass.Tags.Invalid(String problem)) {
            String until = Mrkdwn.truncate(state.tags().getOrDefault(BreakGlass.UNTIL, ""), MAX_TIME_LENGTH);
            rotationLog.append(
                    "tags until " + until + ": " + problem,
                    RotationEventType.BLOCKED,
                    RotationText.invalidTags(problem));
        }
    }

    private void recordMissedWindow(Optional<Rotation> latest, SecretState state) {
        if (isDue(latest, state)
                && plan.windows().statusAt(rotationLog.now()) instanceof WindowStatus.Closing(Occurrence occurrence)) {
            String windowId = Admission.windowId(occurrence);
            if (latest.filter(last -> last.windowId().equals(windowId)).isEmpty()) {
                rotationLog.append(windowId, RotationEventType.WINDOW_MISSED, "");
            }
        }
    }
}
