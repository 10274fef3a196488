package io.reverser.alarms;

import io.reverser.alarms.Shown.Care;
import io.reverser.alarms.Shown.Silence;
import io.reverser.alarms.Work.Click;
import io.reverser.slack.DirectCalls;
import java.net.URI;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What people click on messages of alarms. Twice is as good as once. */
final class Clicks {

    private static final Logger LOG = Logger.getLogger(Clicks.class);

    private final AlarmTable table;
    private final Floor floor;
    private final DirectCalls direct;
    private final String responses;

    Clicks(AlarmTable table, Floor floor, DirectCalls direct, String responses) {
        this.table = table;
        this.floor = floor;
        this.direct = direct;
        this.responses = responses;
    }

    /**
     * Carries it out, and says to the one who clicked why it cannot be.
     *
     * @return false when the channel was not free, so that it has to be tried again
     */
    boolean take(Click click) {
        Optional<AlarmButton> button = AlarmButton.of(click.action());
        if (button.isEmpty() || present(click).isEmpty()) {
            whisper(click, Whispers.PAST);
            return true;
        }
        return floor.with(
                click.channel(),
                voice -> present(click)
                        .ifPresentOrElse(
                                alarm -> take(click, button.get(), alarm, voice), () -> whisper(click, Whispers.PAST)));
    }

    /** The alarm, if it still rings in the message that was clicked on. */
    private Optional<Kept> present(Click click) {
        return table.find(click.channel(), click.alarm())
                .filter(alarm -> alarm.shown().message().equals(Optional.of(click.ts()))
                        && !alarm.episode().isOver());
    }

    private void take(Click click, AlarmButton button, Kept kept, Voice voice) {
        Shown before = kept.shown();
        if (button == AlarmButton.CARE && before.care().isPresent()) {
            if (!before.care().get().by().equals(click.user())) {
                whisper(click, Whispers.taken(before.care().get().by()));
            }
            return;
        }
        Shown after = after(click, button, before);
        if (!after.equals(before)) {
            voice.updateAnyway(click.ts(), Wording.alarm(kept.with(after), floor.now()));
            table.show(click.channel(), kept.episode(), after);
        }
    }

    private static Shown after(Click click, AlarmButton button, Shown shown) {
        return switch (button) {
            case CARE -> shown.with(new Care(click.user(), click.at()));
            case SILENT_1H, SILENT_4H, SILENT_UNTIL_OK ->
                shown.with(Silence.lasting(click.user(), button.time(), click.at()));
            case HEAR -> shown.heard();
        };
    }

    private void whisper(Click click, String text) {
        String outcome = click.response().startsWith(responses)
                ? direct.whisper(URI.create(click.response()), text)
                : "its response URL leads elsewhere";
        if (!outcome.equals("ok")) {
            LOG.warnf("Whoever clicked on %s was not told why nothing changed: %s", click.alarm(), outcome);
        }
    }
}
