package io.reverser.bench.soak.scenario;

/** Something that people or CloudWatch do. */
public sealed interface WorkloadAction {

    /** In words, the same for all of a kind. */
    String kind();

    /**
     * A user requests access.
     *
     * @param requester the user's Slack ID
     * @param arguments as they are typed, like {@code prod view}
     * @param minutes how long the access is to last
     */
    record RequestAccess(String requester, String arguments, int minutes, RequestOutcome outcome)
            implements WorkloadAction {

        public String cluster() {
            return arguments.substring(0, arguments.indexOf(' '));
        }

        @Override
        public String kind() {
            return "access: " + outcome.text;
        }
    }

    /** What becomes of a request. */
    enum RequestOutcome {
        EXPIRES("approved, lasts to its end"),
        EXTENDED("approved and extended"),
        REVOKED("approved and ended early"),
        REJECTED("refused"),
        CANCELLED("taken back");

        final String text;

        RequestOutcome(String text) {
            this.text = text;
        }

        /** Whether the access is there until its time is over, so that nothing else can be asked for meanwhile. */
        public boolean isHeldUntilExpiry() {
            return this == EXPIRES || this == EXTENDED;
        }
    }

    /** An alarm becomes something. */
    record SetAlarmState(String alarm, String state) implements WorkloadAction {

        @Override
        public String kind() {
            return state.equals("ALARM") ? "alarm: rings" : "alarm: ends";
        }
    }

    /** An alarm rings and ends, over and over. */
    record FlapAlarm(String alarm, int times) implements WorkloadAction {

        @Override
        public String kind() {
            return "alarm: flaps";
        }
    }

    /** Alarms that ring together, and end together soon after. */
    record AlarmStorm(int alarms) implements WorkloadAction {

        @Override
        public String kind() {
            return "alarm: storm";
        }
    }

    /** An operator starts a rotation of the database password at once. */
    record RotateNow() implements WorkloadAction {

        @Override
        public String kind() {
            return "rotation: by hand";
        }
    }
}
