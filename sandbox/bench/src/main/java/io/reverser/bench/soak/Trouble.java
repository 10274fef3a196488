package io.reverser.bench.soak;

import io.reverser.simulators.aws.Faults.Fault;
import java.time.Duration;
import java.util.Locale;

/** Something that goes wrong on purpose. */
public sealed interface Trouble {

    /** Where it goes wrong; each is a lane of the picture. */
    enum Place {
        AWS("AWS"),
        SLACK("Slack"),
        FUNCTION("function killed"),
        POD("pod killed"),
        DATABASE("database");

        final String title;

        Place(String title) {
            this.title = title;
        }
    }

    Place place();

    /** In words, the same for all of a kind. */
    String kind();

    /** How long it lasts; nothing for what happens at once. */
    default Duration lasting() {
        return Duration.ZERO;
    }

    /**
     * One call in so many goes wrong.
     *
     * @param prefix how the calls' names begin, like {@code EKS.}
     */
    record CallsFail(String prefix, Fault fault, int every, Duration lasting) implements Trouble {

        @Override
        public Place place() {
            return prefix.startsWith("Slack") ? Place.SLACK : Place.AWS;
        }

        @Override
        public String kind() {
            return "%s: %s".formatted(prefix.substring(0, prefix.indexOf('.')), words());
        }

        private String words() {
            return fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Slack takes its time for each answer. */
    record SlackIsSlow(Duration each, Duration lasting) implements Trouble {

        @Override
        public Place place() {
            return Place.SLACK;
        }

        @Override
        public String kind() {
            return "Slack: slow";
        }
    }

    /** A function's process ends. */
    record FunctionDies(Role role) implements Trouble {

        @Override
        public Place place() {
            return Place.FUNCTION;
        }

        @Override
        public String kind() {
            return "killed: " + role.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Which process of a function. */
    enum Role {
        ACCESS_COMMAND,
        ACCESS_CHANGE,
        ALARMS_1,
        ALARMS_2,
        ROTATION_STEPS,
        ROTATION_LOOKS
    }

    /**
     * A pod's container ends, unlike one that is told to stop.
     *
     * @param number of those that are ready
     */
    record PodDies(int number) implements Trouble {

        @Override
        public Place place() {
            return Place.POD;
        }

        @Override
        public String kind() {
            return "killed: reverser pod";
        }
    }

    /** The database is stopped, and started again. */
    record DatabaseRestarts(Duration lasting) implements Trouble {

        @Override
        public Place place() {
            return Place.DATABASE;
        }

        @Override
        public String kind() {
            return "database: restarted";
        }
    }

    /** Nobody reaches the database. */
    record DatabaseIsCut(Duration lasting) implements Trouble {

        @Override
        public Place place() {
            return Place.DATABASE;
        }

        @Override
        public String kind() {
            return "database: link cut";
        }
    }
}
