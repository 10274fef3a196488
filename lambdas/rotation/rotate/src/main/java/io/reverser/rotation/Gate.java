package io.reverser.rotation;

import io.reverser.rotation.plan.RotationPlan;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

    /** What is looked at and changed. */
    record Surroundings(Secret secret, Exchange exchange, Cluster cluster, RingingAlarms alarms) {

        /**
         * Takes back a version that is not to become the current one: first its label, while nobody else can change the
         * database, so that a step that is still under way finds that it is not pending any more; then its login.
         *
         * @return false when it is the current one by now, and was left as it is
         */
        boolean withdraw(String version) {
            DatabaseSecret current = secret.current();
            exchange.alone(current, () -> {
                if (secret.state().isPending(version)) {
                    secret.unstage(version);
                }
            });
            if (secret.state().isCurrent(version)) {
                return false;
            }
            Optional<DatabaseSecret> pending = secret.version(version);
            if (pending.isPresent() && exchange.letsIn(pending.get())) {
                exchange.undo(current, pending.get(), () -> secret.mustNotBeCurrent(version));
            }
            return true;
        }
    }

    /** Whether now is the time. */
    Admission admit(SecretState state) {
        return Admission.at(clock.instant(), plan, state);
    }

    /** What is in the way, in words; all of it. Fails when somebody cannot be asked. */
    List<String> problems(SecretState state, boolean isEmergency) {
        return Stream.of(
                        state.isRotationOn() ? Optional.<String>empty() : Optional.of(Wording.ROTATION_IS_OFF),
                        exchangeObstacle(),
                        surroundings.cluster().rollout().obstacle(),
                        surroundings.cluster().sync().problem().map(Wording::notSynced),
                        isEmergency
                                ? Optional.<String>empty()
                                : surroundings.alarms().noise())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> exchangeObstacle() {
        try {
            return surroundings.exchange().obstacle(surroundings.secret().current());
        } catch (UnusableSecret unusable) {
            return Optional.of(String.valueOf(unusable.getMessage()));
        }
    }

    /** What is there before anything changes. */
    Before before() {
        return surroundings.cluster().before();
    }
}
