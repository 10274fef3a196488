package io.reverser.cdk.observability;

/** How soon somebody has to look; the alarm's tag {@code severity}. */
enum Severity {
    /** At once, at night too: something does not work, or will not for long. */
    CRITICAL("critical"),
    /** On the next working day. */
    WARNING("warning");

    private final String tag;

    Severity(String tag) {
        this.tag = tag;
    }

    String tag() {
        return tag;
    }
}
