package io.reverser.rotation;

import io.reverser.simulators.DatabaseServer;
import io.reverser.simulators.kubernetes.PodRuntime;
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
    private Optional<Login> welcome = Optional.empty();
    private boolean linger;

    TestPods(DatabaseServer server) {
        this.database = new Database(DriverManager::getConnection, TestDatabases.AUTHORITY.file(), server.port());
    }

    @Override
    public synchronized Pod start(String name, Map<String, String> environment) {
        var pod = new TestPod(name, environment);
        running.add(pod);
        return pod;
    }

    /** Pods with another login than this do not become ready. */
    synchronized void areReadyOnlyWith(DatabaseSecret secret) {
        welcome = Optional.of(secret.login());
    }

    /** Pods do not end when they are asked to. */
    synchronized void linger(boolean doTheyLinger) {
        linger = doTheyLinger;
    }

    /** Each pod that runs logs in; those with the same login do it together. */
    synchronized void logIn() {
        running.removeIf(TestPod::isGone);
        var seen = new HashMap<Login, Boolean>();
        running.forEach(pod -> {
            if (!seen.computeIfAbsent(
                    pod.login(), login -> database.letsIn(DatabaseServer.HOST, pod.database(), login))) {
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
        running.removeIf(TestPod::isGone);
        return !running.isEmpty()
                && running.stream().allMatch(pod -> secret.login().equals(pod.login()));
    }

    private final class TestPod implements Pod {

        private final String name;
        private final Map<String, String> environment;
        private boolean stopped;

        TestPod(String name, Map<String, String> environment) {
            this.name = name;
            this.environment = environment;
        }

        Login login() {
            return new Login(
                    environment.getOrDefault("MYSQL_USER", ""), environment.getOrDefault("MYSQL_PASSWORD", ""));
        }

        String database() {
            return environment.getOrDefault("MYSQL_DATABASE", "");
        }

        @Override
        public boolean isReady() {
            synchronized (TestPods.this) {
                return !stopped
                        && welcome.filter(login -> !login.equals(login())).isEmpty();
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
        public boolean isGone() {
            synchronized (TestPods.this) {
                return stopped && !linger;
            }
        }
    }
}
