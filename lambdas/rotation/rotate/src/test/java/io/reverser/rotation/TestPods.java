package io.reverser.rotation;

import io.reverser.simulators.DatabaseServer;
import io.reverser.simulators.kubernetes.PodRuntime;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Pods that log in with what they were started with, whenever they are asked to. */
final class TestPods implements PodRuntime {

    private final Database database;
    private final List<TestPod> running = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private boolean newOnesAreReady = true;
    private boolean linger;

    TestPods(DatabaseServer server) {
        this.database = new Database(DriverManager::getConnection, TestDatabases.AUTHORITY.file(), server.port());
    }

    @Override
    public synchronized Pod start(String name, Map<String, String> environment) {
        var pod = new TestPod(name, environment, newOnesAreReady);
        running.add(pod);
        return pod;
    }

    /** Pods that are started from now on never become ready. */
    synchronized void breakNewOnes() {
        newOnesAreReady = false;
    }

    /** Pods that are started from now on become ready. */
    synchronized void mendNewOnes() {
        newOnesAreReady = true;
    }

    /** Pods do not end when they are asked to. */
    synchronized void linger(boolean doTheyLinger) {
        linger = doTheyLinger;
    }

    /** Each pod that runs logs in. */
    synchronized void logIn() {
        running.removeIf(TestPod::isGone);
        running.forEach(pod -> {
            if (!database.letsIn(DatabaseServer.HOST, pod.database(), pod.login())) {
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
                && running.stream()
                        .allMatch(pod -> secret.login().equals(pod.login()));
    }

    private final class TestPod implements Pod {

        private final String name;
        private final Map<String, String> environment;
        private final boolean isReady;
        private boolean stopped;

        TestPod(String name, Map<String, String> environment, boolean isReady) {
            this.name = name;
            this.environment = environment;
            this.isReady = isReady;
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
            return isReady && !stopped;
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
