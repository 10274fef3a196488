package io.reverser.alarms;

import io.reverser.slack.Slack;
import io.reverser.slack.SlackFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** A channel's turn for something short. */
final class Floor {

    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final long TRY_EVERY_MS = 100;

    private final Turns turns;
    private final Slack slack;
    private final Voice.Pace pace;

    Floor(Turns turns, Slack slack, Voice.Pace pace) {
        this.turns = turns;
        this.slack = slack;
        this.pace = pace;
    }

    Instant now() {
        return pace.clock().instant();
    }

    /** Speaks when the channel is free; whether it was in time. What somebody left in doubt, stays in doubt. */
    boolean with(String channel, Consumer<Voice> speech) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Turns.Answer answer = turns.take(channel);
            if (answer.turn().isPresent()) {
                speak(new Voice(slack, turns, answer.turn().get(), pace), speech);
                return true;
            }
            try {
                Thread.sleep(TRY_EVERY_MS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    private void speak(Voice voice, Consumer<Voice> speech) {
        try {
            speech.accept(voice);
        } catch (SlackFailure failure) {
            if (failure.isTooOften()) {
                voice.remember(voice.turn().failed(now().plusSeconds(failure.retryAfterSeconds())));
            }
            throw failure;
        } finally {
            turns.release(voice.turn());
        }
    }
}
