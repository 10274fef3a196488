package io.reverser.alarms.notifier.message;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Buttons on messages of alarms; the value of each is the alarm's key. Their ids all begin with {@code alarm-}. */
public enum AlarmButton {
    /** Acknowledges the alarm: the user takes care of it. */
    ACKNOWLEDGE("alarm-ack", Optional.empty()),
    /** Less of it for an hour. */
    MUTE_1H("alarm-mute-1h", Optional.of(Duration.ofHours(1))),
    /** Less of it for four hours. */
    MUTE_4H("alarm-mute-4h", Optional.of(Duration.ofHours(4))),
    /** Less of it until it is fine. */
    MUTE_UNTIL_OK("alarm-mute-until-ok", Optional.empty()),
    /** All of it again. */
    UNMUTE("alarm-unmute", Optional.empty());

    private final String actionId;
    private final Optional<Duration> muteDuration;

    AlarmButton(String actionId, Optional<Duration> muteDuration) {
        this.actionId = actionId;
        this.muteDuration = muteDuration;
    }

    public static Optional<AlarmButton> of(String actionId) {
        return Arrays.stream(values())
                .filter(button -> button.actionId.equals(actionId))
                .findFirst();
    }

    String actionId() {
        return actionId;
    }

    /** How long a silence lasts; empty for until it is fine. */
    public Optional<Duration> muteDuration() {
        return muteDuration;
    }
}
