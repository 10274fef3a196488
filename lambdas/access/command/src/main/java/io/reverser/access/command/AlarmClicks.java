package io.reverser.access.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.aws.AwsApi;
import io.reverser.aws.AwsFailure;
import io.reverser.slack.SlackRequest.Click;
import io.reverser.slack.SlackRequest.Message;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Clicks on messages of alarms. Slack sends everything to one address; whoever is behind it only hands these on, into the
 * queue of the function that knows alarms, and may do nothing else about them.
 */
class AlarmClicks {

    /** How the ids of their buttons begin. */
    static final String PREFIX = "alarm-";

    private static final Logger LOG = Logger.getLogger(AlarmClicks.class);

    private final AwsApi aws;
    private final Optional<String> queue;
    private final Modals modals;

    AlarmClicks(AwsApi aws, Optional<String> queue, Modals modals) {
        this.aws = aws;
        this.queue = queue;
        this.modals = modals;
    }

    /** Hands it on; the message itself shows what came of it. */
    HttpAnswer answer(Click click, Instant now) {
        if (queue.isEmpty() || click.message().isEmpty()) {
            return HttpAnswer.EMPTY;
        }
        try {
            aws.call(
                    AwsApi.Service.SQS,
                    "SendMessage",
                    aws.object()
                            .put("QueueUrl", queue.get())
                            .put("MessageBody", work(click, click.message().get(), now)));
        } catch (AwsFailure failure) {
            LOG.errorf("A click on an alarm is lost: %s", failure.getMessage());
            modals.whisper(click.responseUrl(), Answers.CLICK_LOST);
        }
        return HttpAnswer.EMPTY;
    }

    private static String work(Click click, Message message, Instant now) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", "click")
                .put("action", click.action())
                .put("alarm", click.value())
                .put("channel", message.channel())
                .put("ts", message.ts())
                .put("user", click.sender().user())
                .put("response", click.responseUrl())
                .put("at", now.toString())
                .toString();
    }
}
