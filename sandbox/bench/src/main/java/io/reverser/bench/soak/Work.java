package io.reverser.bench.soak;

/** Something that people or CloudWatch do. */
public sealed interface Work {

    /** In words, the same for all of a kind. */
    String kind();

    /**
     * Somebody asks for access.
     *
     * @param who asks, by the Slack user ID
     * @param what as it is typed, like {@code prod view}
     * @param minutes how long it is to last
     */
    record Ask(String who, String what, int minutes, Course course) implements Work {

        String cluster() {
            return what.substring(0, what.indexOf(' '));
        }

        @Override
        public String kind() {
            return "access: " + course.text;
        }
    }

    /** What becomes of a request. */
    enum Course {
        LASTS("approved, lasts to its end"),
        EXTENDED("approved and extended"),
        ENDS_EARLY("approved and ended early"),
        REFUSED("refused"),
        TAKEN_BACK("taken back");

        final String text;

        Course(String text) {
            this.text = text;
        }

        /** Whether the access is there until its time is over, so that nothing else can be asked for meanwhile. */
        boolean isLast() {
            return this == LASTS || this == EXTENDED;
        }
    }

    /** An alarm becomes something. */
    record SetAlarm(String alarm, String state) implements Work {

        @Override
        public String kind() {
            return state.equals("ALARM") ? "alarm: rings" : "alarm: ends";
        }
    }

    /** An alarm rings and ends, over and over. */
    record Flap(String alarm, int times) implements Work {

        @Override
        public String kind() {
            return "alarm: flaps";
        }
    }

    /** Alarms that ring together, and end together soon after. */
    record Storm(int alarms) implements Work {

        @Override
        public String kind() {
            return "alarm: storm";
        }
    }

    /** Somebody lets the database password be changed at once. */
    record Rotate() implements Work {

        @Override
        public String kind() {
            return "rotation: by hand";
        }
    }
}
