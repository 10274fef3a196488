package io.reverser.alarms;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Buttons on messages of alarms; the value of each is the alarm's key. Their ids all begin with {@code alarm-}. */
enum AlarmButton {
    /** Somebody looks after it. */
    CARE("alarm-care", Optional.empty()),
    /** Less of it for an hour. */
    SILENT_1H("alarm-silent-1h", Optional.of(Duration.ofHours(1))),
    /** Less of it for four hours. */
    SILENT_4H("alarm-silent-4h", Optional.of(Duration.ofHours(4))),
    /** Less of it until it is fine. */
    SILENT_UNTIL_OK("alarm-silent-until-ok", Optional.empty()),
    /** All of it again. */
    HEAR("alarm-hear", Optional.empty());

    private final String actionId;
    private final Optional<Duration> time;

    AlarmButton(String actionId, Optional<Duration> time) {
        this.actionId = actionId;
        this.time = time;
    }

    static Optional<AlarmButton> of(String actionId) {
        return Arrays.stream(values())
                .filter(button -> button.actionId.equals(actionId))
                .findFirst();
    }

    String actionId() {
        return actionId;
    }

    /** How long a silence lasts; empty for until it is fine. */
    Optional<Duration> time() {
        return time;
    }
}
