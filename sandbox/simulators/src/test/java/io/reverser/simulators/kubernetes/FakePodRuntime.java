package io.reverser.simulators.kubernetes;

import io.reverser.simulators.kubernetes.workload.PodRuntime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A runtime whose containers the test controls. */
final class FakePodRuntime implements PodRuntime {

    final Map<String, FakeContainer> containers = new LinkedHashMap<>();
    private boolean healthy = true;
    private boolean terminatesQuickly = true;

    static final class FakeContainer implements Container {
        final Map<String, String> environment;
        private boolean ready;
        private boolean stopping;
        private OptionalInt exitCode = OptionalInt.empty();

        private FakeContainer(Map<String, String> environment, boolean ready) {
            this.environment = environment;
            this.ready = ready;
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void stop() {
            stopping = true;
        }

        @Override
        public OptionalInt exitCode() {
            return exitCode;
        }

        void exit(int code) {
            ready = false;
            exitCode = OptionalInt.of(code);
        }
    }

    @Override
    public Container start(String name, Map<String, String> environment) {
        var container = new FakeContainer(environment, healthy);
        containers.put(name, container);
        return container;
    }

    /** From now on, new containers do not become ready. */
    void startUnready() {
        healthy = false;
    }

    /** From now on, new containers become ready. */
    void startReady() {
        healthy = true;
    }

    /** From now on, stopped containers do not exit until {@link #finishTermination}. */
    void terminateSlowly() {
        terminatesQuickly = false;
    }

    void finishTermination() {
        finishTermination(0);
    }

    void finishTermination(int exitCode) {
        containers.values().stream()
                .filter(container -> container.stopping)
                .forEach(container -> container.exit(exitCode));
    }

    /** Lets stopped containers exit, unless {@link #terminateSlowly} was called. */
    void passTime() {
        if (terminatesQuickly) {
            finishTermination();
        }
    }

    FakeContainer of(String name) {
        return Optional.ofNullable(containers.get(name)).orElseThrow();
    }
}
