package io.reverser.alarms.notifier.message;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Buttons on alarm messages; the value of each is the alarm's key. All action IDs begin with {@code alarm-}. */
public enum AlarmButton {
    /** Acknowledges the alarm. */
    ACKNOWLEDGE("alarm-ack", Optional.empty()),
    /** Mutes the alarm for an hour. */
    MUTE_1H("alarm-mute-1h", Optional.of(Duration.ofHours(1))),
    /** Mutes the alarm for four hours. */
    MUTE_4H("alarm-mute-4h", Optional.of(Duration.ofHours(4))),
    /** Mutes the alarm until it is resolved. */
    MUTE_UNTIL_OK("alarm-mute-until-ok", Optional.empty()),
    /** Ends a mute. */
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

    /** How long the mute lasts; empty for {@link #MUTE_UNTIL_OK} and the buttons that do not mute. */
    public Optional<Duration> muteDuration() {
        return muteDuration;
    }
}
