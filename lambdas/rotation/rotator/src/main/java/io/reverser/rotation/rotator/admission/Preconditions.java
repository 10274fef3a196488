package io.reverser.rotation.rotator.admission;

import io.reverser.rotation.plan.RotationPlan;
import io.reverser.rotation.rotator.database.CredentialSwitcher;
import io.reverser.rotation.rotator.kubernetes.ClusterBaseline;
import io.reverser.rotation.rotator.kubernetes.KubernetesClient;
import io.reverser.rotation.rotator.secret.DatabaseSecret;
import io.reverser.rotation.rotator.secret.InvalidSecretException;
import io.reverser.rotation.rotator.secret.SecretState;
import io.reverser.rotation.rotator.secret.SecretsManagerSecret;
import io.reverser.rotation.rotator.text.RotationText;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a rotation has to pass before it changes anything, whoever began it. */
public final class Preconditions {

    private final RotationPlan plan;
    private final RotationContext context;
    private final InstantSource clock;

    public Preconditions(RotationPlan plan, RotationContext context, InstantSource clock) {
        this.plan = plan;
        this.context = context;
        this.clock = clock;
    }

    /** What is looked at and changed. */
    public record RotationContext(
            SecretsManagerSecret secret,
            CredentialSwitcher switcher,
            KubernetesClient kubernetes,
            BlockingAlarms blockingAlarms) {

        /**
         * Takes back a version that is not to become the current one: first its label, while nobody else can change the
         * database, so that a step that is still under way finds that it is not pending any more; then its login.
         *
         * @return false when it is the current one by now, and was left as it is
         */
        public boolean abortVersion(String version) {
            DatabaseSecret current = secret.getCurrentVersion();
            switcher.withAdminLock(current, () -> {
                if (secret.describe().isPending(version)) {
                    secret.removePendingLabel(version);
                }
            });
            if (secret.describe().isCurrent(version)) {
                return false;
            }
            Optional<DatabaseSecret> pending = secret.findVersion(version);
            if (pending.isPresent() && switcher.canLogIn(pending.get())) {
                switcher.rollBack(current, pending.get(), () -> secret.requireNotCurrent(version));
            }
            return true;
        }
    }

    /** Whether now is the time. */
    public Admission admit(SecretState state) {
        return Admission.decide(clock.instant(), plan, state);
    }

    /** What is in the way, in words; all of it. Fails when somebody cannot be asked. */
    public List<String> failedChecks(SecretState state, boolean isBreakGlass) {
        return Stream.of(
                        state.isRotationEnabled()
                                ? Optional.<String>empty()
                                : Optional.of(RotationText.ROTATION_DISABLED),
                        unmetCredentialPrecondition(),
                        context.kubernetes().readWorkloadStatus().notReadyReason(),
                        context.kubernetes()
                                .readExternalSecretStatus()
                                .notReadyReason()
                                .map(RotationText::externalSecretNotReady),
                        isBreakGlass
                                ? Optional.<String>empty()
                                : context.blockingAlarms().blockReason())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> unmetCredentialPrecondition() {
        try {
            return context.switcher().unmetPrecondition(context.secret().getCurrentVersion());
        } catch (InvalidSecretException invalid) {
            return Optional.of(String.valueOf(invalid.getMessage()));
        }
    }

    /** What is there before anything changes. */
    public ClusterBaseline readBaseline() {
        return context.kubernetes().readBaseline();
    }
}
