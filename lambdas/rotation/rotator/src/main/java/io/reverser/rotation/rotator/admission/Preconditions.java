package io.reverser.rotation.rotator.admission;

import io.reverser.rotation.plan.RotationPlan;
import io.reverser.rotation.rotator.kubernetes.ClusterBaseline;
import io.reverser.rotation.rotator.secret.InvalidSecretException;
import io.reverser.rotation.rotator.secret.SecretState;
import io.reverser.rotation.rotator.text.RotationText;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The checks before a rotation changes anything, whether the reconciler or an operator started it. */
public final class Preconditions {

    private final RotationPlan plan;
    private final RotationContext context;
    private final InstantSource clock;

    public Preconditions(RotationPlan plan, RotationContext context, InstantSource clock) {
        this.plan = plan;
        this.context = context;
        this.clock = clock;
    }

    public Admission admit(SecretState state) {
        return Admission.decide(clock.instant(), plan, state);
    }

    /**
     * The failed checks, in words; empty if the rotation may start. Throws when AWS, Kubernetes or the database is
     * unavailable.
     */
    public List<String> findFailedChecks(SecretState state, boolean isBreakGlass) {
        return Stream.of(
                        state.isRotationEnabled()
                                ? Optional.<String>empty()
                                : Optional.of(RotationText.ROTATION_DISABLED),
                        findUnmetCredentialPrecondition(),
                        context.kubernetes().readWorkloadStatus().notReadyReason(),
                        context.kubernetes()
                                .readExternalSecretStatus()
                                .notReadyReason()
                                .map(RotationText::externalSecretNotReady),
                        isBreakGlass
                                ? Optional.<String>empty()
                                : context.blockingAlarms().findBlockReason())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> findUnmetCredentialPrecondition() {
        try {
            return context.switcher().findUnmetPrecondition(context.secret().getCurrentVersion());
        } catch (InvalidSecretException invalid) {
            return Optional.of(String.valueOf(invalid.getMessage()));
        }
    }

    public ClusterBaseline readBaseline() {
        return context.kubernetes().readBaseline();
    }
}
