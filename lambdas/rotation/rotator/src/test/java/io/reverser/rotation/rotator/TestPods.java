package io.reverser.rotation.rotator;

import io.reverser.rotation.rotator.secret.DatabaseSecret;
import io.reverser.rotation.rotator.secret.MySqlCredentials;
import io.reverser.simulators.kubernetes.workload.PodRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** Simulated pods, which log in with the credentials that they were started with. */
final class TestPods implements PodRuntime {

    private final Predicate<MySqlCredentials> database;
    private final List<TestPod> running = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private Optional<MySqlCredentials> acceptedCredentials = Optional.empty();
    private boolean linger;

    /** @param database tests whether the database accepts a login */
    TestPods(Predicate<MySqlCredentials> database) {
        this.database = database;
    }

    @Override
    public synchronized Container start(String name, Map<String, String> environment) {
        var pod = new TestPod(name, environment);
        running.add(pod);
        return pod;
    }

    /** Makes pods with other credentials fail their readiness check. */
    synchronized void areReadyOnlyWith(DatabaseSecret secret) {
        acceptedCredentials = Optional.of(secret.credentials());
    }

    /** Whether pods ignore the signal to terminate. */
    synchronized void linger(boolean doTheyLinger) {
        linger = doTheyLinger;
    }

    /** Makes each running pod log in to the database. */
    synchronized void logIn() {
        running.removeIf(TestPod::isTerminated);
        running.stream()
                .filter(pod -> !database.test(pod.credentials()))
                .map(pod -> pod.name)
                .forEach(refused::add);
    }

    /** Names of pods that were refused a login. */
    synchronized List<String> refused() {
        return List.copyOf(refused);
    }

    /** Whether all pods have the credentials of this secret. */
    synchronized boolean allHave(DatabaseSecret secret) {
        running.removeIf(TestPod::isTerminated);
        return !running.isEmpty()
                && running.stream().allMatch(pod -> secret.credentials().equals(pod.credentials()));
    }

    private final class TestPod implements Container {

        private final String name;
        private final Map<String, String> environment;
        private boolean stopped;

        TestPod(String name, Map<String, String> environment) {
            this.name = name;
            this.environment = environment;
        }

        MySqlCredentials credentials() {
            return new MySqlCredentials(
                    environment.getOrDefault("MYSQL_USER", ""), environment.getOrDefault("MYSQL_PASSWORD", ""));
        }

        @Override
        public boolean isReady() {
            synchronized (TestPods.this) {
                return !stopped
                        && acceptedCredentials
                                .filter(credentials -> !credentials.equals(credentials()))
                                .isEmpty();
            }
        }

        @Override
        public void stop() {
            stopped = true;
        }

        @Override
        public void kill() {
            stopped = true;
        }

        @Override
        public OptionalInt exitCode() {
            return isTerminated() ? OptionalInt.of(0) : OptionalInt.empty();
        }

        private boolean isTerminated() {
            synchronized (TestPods.this) {
                return stopped && !linger;
            }
        }
    }
}
