package io.reverser.rotation;

import io.reverser.rotation.plan.RotationPlan;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** What a rotation has to pass before it changes anything, whoever began it. */
final class Gate {

    private final RotationPlan plan;
    private final Surroundings surroundings;
    private final InstantSource clock;

    Gate(RotationPlan plan, Surroundings surroundings, InstantSource clock) {
        this.plan = plan;
        this.surroundings = surroundings;
        this.clock = clock;
    }

    /** What is looked at. */
    record Surroundings(Secret secret, Exchange exchange, Cluster cluster, RingingAlarms alarms) {}

    /** Whether now is the time. */
    Admission admit(SecretState state) {
        return Admission.at(clock.instant(), plan, state);
    }

    /** What is in the way, in words; all of it. */
    List<String> problems(SecretState state, boolean isEmergency) {
        var problems = new ArrayList<String>();
        if (!state.isRotationOn()) {
            problems.add(Wording.ROTATION_IS_OFF);
        }
        look(
                problems,
                () -> surroundings.exchange().obstacle(surroundings.secret().current()));
        look(problems, () -> surroundings.cluster().rollout().obstacle());
        look(problems, () -> surroundings.cluster().sync().problem().map(Wording::notSynced));
        if (!isEmergency) {
            look(
                    problems,
                    () -> Optional.of(surroundings.alarms().names())
                            .filter(names -> !names.isEmpty())
                            .map(Wording::ringing));
        }
        return problems;
    }

    /** What is there before anything changes. */
    Before before() {
        return surroundings.cluster().before();
    }

    /** Whoever cannot be asked is in the way as well. */
    private static void look(List<String> problems, Supplier<Optional<String>> at) {
        try {
            at.get().ifPresent(problems::add);
        } catch (DatabaseFailure | ClusterFailure | UnusableSecret | SdkException failure) {
            problems.add(String.valueOf(failure.getMessage()));
        }
    }
}
