package io.reverser.bench.soak.scenario;

/** An action of a person or of CloudWatch in a soak. */
public sealed interface WorkloadAction {

    /** The name of the action's kind in the report. */
    String kind();

    /**
     * A user requests access.
     *
     * @param requester the user's Slack ID
     * @param arguments the cluster and the kind of access as arguments of the slash command, like {@code prod view}
     * @param minutes the duration of the access
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

    /** How a request for access ends. */
    enum RequestOutcome {
        EXPIRES("approved and expired"),
        EXTENDED("approved and extended"),
        REVOKED("approved and ended early"),
        REJECTED("rejected"),
        CANCELLED("cancelled");

        final String text;

        RequestOutcome(String text) {
            this.text = text;
        }

        /**
         * Whether the access lasts until it expires, so that the user cannot request more access to the same cluster on
         * that day.
         */
        public boolean isHeldUntilExpiry() {
            return this == EXPIRES || this == EXTENDED;
        }
    }

    /** An alarm changes its state. */
    record SetAlarmState(String alarm, String state) implements WorkloadAction {

        @Override
        public String kind() {
            return state.equals("ALARM") ? "alarm: fires" : "alarm: resolves";
        }
    }

    /** An alarm fires and resolves several times. */
    record FlapAlarm(String alarm, int times) implements WorkloadAction {

        @Override
        public String kind() {
            return "alarm: flaps";
        }
    }

    /** Many alarms fire at once, and resolve soon after. */
    record AlarmStorm(int alarms) implements WorkloadAction {

        @Override
        public String kind() {
            return "alarm: storm";
        }
    }

    /** An operator rotates the database password immediately, outside a maintenance window. */
    record RotateNow() implements WorkloadAction {

        @Override
        public String kind() {
            return "rotation: by an operator";
        }
    }
}
