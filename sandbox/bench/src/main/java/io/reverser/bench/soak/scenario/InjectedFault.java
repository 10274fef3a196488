package io.reverser.bench.soak.scenario;

import io.reverser.simulators.fault.FaultInjector.Fault;
import java.time.Duration;
import java.util.Locale;

/** A fault that the soak injects. */
public sealed interface InjectedFault {

    /** What the fault affects; each target has its own row in the timeline chart. */
    enum Target {
        AWS("AWS"),
        SLACK("Slack"),
        FUNCTION("function killed"),
        POD("pod killed"),
        DATABASE("database");

        public final String title;

        Target(String title) {
            this.title = title;
        }
    }

    Target target();

    /** The name of the fault's kind in the report. */
    String kind();

    /** How long the fault lasts; zero for a crash. */
    default Duration duration() {
        return Duration.ZERO;
    }

    /**
     * Every Nth call of certain AWS or Slack operations fails.
     *
     * @param prefix the prefix of these operations' names, like {@code EKS.}
     */
    record ApiFault(String prefix, Fault fault, int every, Duration duration) implements InjectedFault {

        @Override
        public Target target() {
            return prefix.startsWith("Slack") ? Target.SLACK : Target.AWS;
        }

        @Override
        public String kind() {
            return "%s: %s".formatted(prefix.substring(0, prefix.indexOf('.')), faultName());
        }

        private String faultName() {
            return fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Slack delays each response. */
    record SlackLatency(Duration delay, Duration duration) implements InjectedFault {

        @Override
        public Target target() {
            return Target.SLACK;
        }

        @Override
        public String kind() {
            return "Slack: slow";
        }
    }

    /** A function's process is killed. */
    record FunctionCrash(FunctionProcess process) implements InjectedFault {

        @Override
        public Target target() {
            return Target.FUNCTION;
        }

        @Override
        public String kind() {
            return "killed: " + process.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The function processes that a fault can kill. */
    enum FunctionProcess {
        ACCESS_COMMAND,
        ACCESS_GRANTER,
        ALARMS_1,
        ALARMS_2,
        ROTATION_STEPS,
        ROTATION_RECONCILE
    }

    /**
     * A pod's container is killed, without a graceful shutdown.
     *
     * @param number a random number that selects one of the ready pods
     */
    record PodCrash(int number) implements InjectedFault {

        @Override
        public Target target() {
            return Target.POD;
        }

        @Override
        public String kind() {
            return "killed: reverser pod";
        }
    }

    /** The database is stopped, and started again. */
    record DatabaseRestart(Duration duration) implements InjectedFault {

        @Override
        public Target target() {
            return Target.DATABASE;
        }

        @Override
        public String kind() {
            return "database: restarted";
        }
    }

    /** The network link between the database and its clients is cut. */
    record DatabasePartition(Duration duration) implements InjectedFault {

        @Override
        public Target target() {
            return Target.DATABASE;
        }

        @Override
        public String kind() {
            return "database: link cut";
        }
    }
}
