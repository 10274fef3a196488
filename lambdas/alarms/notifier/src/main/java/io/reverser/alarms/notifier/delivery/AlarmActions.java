package io.reverser.alarms.notifier.delivery;

import io.reverser.alarms.notifier.message.AlarmButton;
import io.reverser.alarms.notifier.message.AlarmMessages;
import io.reverser.alarms.notifier.outbox.AlarmRecord;
import io.reverser.alarms.notifier.outbox.AlarmTable;
import io.reverser.alarms.notifier.outbox.MessageState;
import io.reverser.alarms.notifier.outbox.MessageState.Acknowledgement;
import io.reverser.alarms.notifier.outbox.MessageState.Mute;
import io.reverser.alarms.notifier.publish.ChannelLock;
import io.reverser.alarms.notifier.publish.ChannelWriter;
import io.reverser.slack.client.MinimalSlackClient;
import io.reverser.slack.request.ForwardedClick;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Handles clicks on alarm messages (idempotent). */
public final class AlarmActions {

    private static final Logger LOG = Logger.getLogger(AlarmActions.class);

    private final AlarmTable table;
    private final ChannelLock channelLock;
    private final MinimalSlackClient slack;
    private final String responseUrlPrefix;
    private final InstantSource clock;

    public AlarmActions(
            AlarmTable table,
            ChannelLock channelLock,
            MinimalSlackClient slack,
            String responseUrlPrefix,
            InstantSource clock) {
        this.table = table;
        this.channelLock = channelLock;
        this.slack = slack;
        this.responseUrlPrefix = responseUrlPrefix;
        this.clock = clock;
    }

    /**
     * Applies a click on a button, or replies to the user with the reason why the click has no effect.
     *
     * @return false if the channel's lease was not acquired, so that the click has to be retried
     */
    public boolean handle(ForwardedClick click) {
        Optional<AlarmButton> button = AlarmButton.of(click.actionId());
        if (button.isEmpty() || currentAlarm(click).isEmpty()) {
            replyEphemeral(click, AlarmMessages.OUTDATED_MESSAGE);
            return true;
        }
        return channelLock.withLease(
                click.message().channel(),
                writer -> currentAlarm(click)
                        .ifPresentOrElse(
                                alarm -> apply(click, button.get(), alarm, writer),
                                () -> replyEphemeral(click, AlarmMessages.OUTDATED_MESSAGE)));
    }

    /**
     * The alarm of the message on which the user clicked; empty if that message is outdated or the alarm is resolved.
     */
    private Optional<AlarmRecord> currentAlarm(ForwardedClick click) {
        return table.find(click.message().channel(), click.value())
                .filter(alarm -> alarm.messageState()
                                .messageTs()
                                .equals(Optional.of(click.message().ts()))
                        && !alarm.episode().isOver());
    }

    private void apply(ForwardedClick click, AlarmButton button, AlarmRecord alarm, ChannelWriter writer) {
        MessageState before = alarm.messageState();
        if (button == AlarmButton.ACKNOWLEDGE && before.acknowledgement().isPresent()) {
            if (!before.acknowledgement().get().by().equals(click.userId())) {
                replyEphemeral(
                        click,
                        AlarmMessages.alreadyAcknowledged(
                                before.acknowledgement().get().by()));
            }
            return;
        }
        MessageState after = after(click, button, before);
        if (!after.equals(before)) {
            writer.updateOrDropImages(click.message().ts(), AlarmMessages.alarm(alarm.with(after), clock.instant()));
            table.saveMessageState(click.message().channel(), alarm.episode(), after);
        }
    }

    private static MessageState after(ForwardedClick click, AlarmButton button, MessageState messageState) {
        return switch (button) {
            case ACKNOWLEDGE -> messageState.with(new Acknowledgement(click.userId(), click.at()));
            case MUTE_1H, MUTE_4H, MUTE_UNTIL_OK ->
                messageState.with(Mute.startingAt(click.userId(), button.muteDuration(), click.at()));
            case UNMUTE -> messageState.unmuted();
        };
    }

    private void replyEphemeral(ForwardedClick click, String text) {
        String outcome = click.responseUrl().startsWith(responseUrlPrefix)
                ? slack.respondEphemeral(URI.create(click.responseUrl()), text)
                : "the response URL is not one of Slack's";
        if (!outcome.equals("ok")) {
            LOG.warnf("The click on %s had no effect, and the reply to the user failed: %s", click.value(), outcome);
        }
    }
}
