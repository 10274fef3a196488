package io.reverser.rotation.rotator;

import io.reverser.rotation.rotator.database.Database;
import io.reverser.rotation.rotator.database.TestDatabases;
import io.reverser.rotation.rotator.secret.DatabaseSecret;
import io.reverser.rotation.rotator.secret.MySqlCredentials;
import io.reverser.simulators.database.DatabaseServer;
import io.reverser.simulators.kubernetes.workload.PodRuntime;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pods that log in with what they were started with, whenever they are asked to. */
final class TestPods implements PodRuntime {

    private final Database database;
    private final List<TestPod> running = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private Optional<MySqlCredentials> acceptedCredentials = Optional.empty();
    private boolean linger;

    TestPods(DatabaseServer server) {
        this.database =
                new Database(DriverManager::getConnection, TestDatabases.AUTHORITY.certificateFile(), server.port());
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

    /** Each pod that runs logs in; those with the same login do it together. */
    synchronized void logIn() {
        running.removeIf(TestPod::isTerminated);
        var seen = new HashMap<MySqlCredentials, Boolean>();
        running.forEach(pod -> {
            if (!seen.computeIfAbsent(
                    pod.credentials(),
                    credentials -> database.canLogIn(DatabaseServer.HOST, pod.database(), credentials))) {
                refused.add(pod.name);
            }
        });
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

        String database() {
            return environment.getOrDefault("MYSQL_DATABASE", "");
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
