package io.reverser.alarms;

import io.reverser.slack.Slack;
import io.reverser.slack.SlackFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** A channel's turn for something short. */
final class Floor {

    /** How many turns of others are waited for. */
    private static final int PATIENCE = 8;

    private final Turns turns;
    private final Slack slack;
    private final Voice.Pace pace;

    Floor(Turns turns, Slack slack, Voice.Pace pace) {
        this.turns = turns;
        this.slack = slack;
        this.pace = pace;
    }

    /** How long one waits for Slack between two words. */
    Duration pace() {
        return pace.between();
    }

    Instant now() {
        return pace.clock().instant();
    }

    /** Speaks when the channel is free; whether it was in time. What somebody left in doubt, stays in doubt. */
    boolean with(String channel, Consumer<Voice> speech) {
        long end = System.nanoTime() + pace.between().toNanos() * PATIENCE;
        while (System.nanoTime() < end) {
            Turns.Answer answer = turns.take(channel);
            if (answer.turn().isPresent()) {
                speak(new Voice(slack, turns, answer.turn().get(), pace), speech);
                return true;
            }
            try {
                Thread.sleep(pace.between().dividedBy(PATIENCE));
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
