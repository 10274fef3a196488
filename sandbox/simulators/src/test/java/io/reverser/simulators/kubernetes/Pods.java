package io.reverser.simulators.kubernetes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Pods that do what a test wants. */
final class Pods implements PodRuntime {

    final Map<String, Container> containers = new LinkedHashMap<>();
    private boolean healthy = true;
    private boolean quick = true;

    static final class Container implements Pod {
        final Map<String, String> environment;
        private boolean ready;
        private boolean stopping;
        private boolean gone;

        private Container(Map<String, String> environment, boolean ready) {
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
        public boolean isGone() {
            return gone;
        }

        void end() {
            ready = false;
            gone = true;
        }
    }

    @Override
    public Pod start(String name, Map<String, String> environment) {
        var container = new Container(environment, healthy);
        containers.put(name, container);
        return container;
    }

    /** Those to come are never ready. */
    void fallIll() {
        healthy = false;
    }

    /** Those to come are well again. */
    void recover() {
        healthy = true;
    }

    /** Those that should end do not until {@link #endStopping}. */
    void drainSlowly() {
        quick = false;
    }

    void endStopping() {
        containers.values().stream().filter(container -> container.stopping).forEach(Container::end);
    }

    /** Time passes for them. */
    void live() {
        if (quick) {
            endStopping();
        }
    }

    Container of(String name) {
        return Optional.ofNullable(containers.get(name)).orElseThrow();
    }
}
