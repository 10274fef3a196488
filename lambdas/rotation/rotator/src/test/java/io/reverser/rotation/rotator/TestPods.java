package io.reverser.rotation.rotator;

import io.reverser.rotation.rotator.secret.DatabaseSecret;
import io.reverser.rotation.rotator.secret.MySqlCredentials;
import io.reverser.simulators.kubernetes.workload.PodRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Pods that log in with what they were started with, whenever they are asked to. */
final class TestPods implements PodRuntime {

    private final Predicate<MySqlCredentials> database;
    private final List<TestPod> running = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private Optional<MySqlCredentials> acceptedCredentials = Optional.empty();
    private boolean linger;

    /** None yet; the database says whom it lets in. */
    TestPods(Predicate<MySqlCredentials> database) {
        this.database = database;
    }

    @Override
    public synchronized Container start(String name, Map<String, String> environment) {
        var pod = new TestPod(name, environment);
        running.add(pod);
        return pod;
    }

    /** Pods with another login than this do not become ready. */
    synchronized void areReadyOnlyWith(DatabaseSecret secret) {
        acceptedCredentials = Optional.of(secret.credentials());
    }

    /** Pods do not end when they are asked to. */
    synchronized void linger(boolean doTheyLinger) {
        linger = doTheyLinger;
    }

    /** Each pod that runs logs in. */
    synchronized void logIn() {
        running.removeIf(TestPod::isTerminated);
        running.stream()
                .filter(pod -> !database.test(pod.credentials()))
                .map(pod -> pod.name)
                .forEach(refused::add);
    }

    /** Pods that were not let in. */
    synchronized List<String> refused() {
        return List.copyOf(refused);
    }

    /** Whether all have this password. */
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
        public boolean isTerminated() {
            synchronized (TestPods.this) {
                return stopped && !linger;
            }
        }
    }
}
