package io.reverser.access.command.slack;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import io.reverser.awsjsonclient.AwsJsonClient;
import io.reverser.awsjsonclient.AwsJsonException;
import io.reverser.slack.request.ForwardedClick;
import io.reverser.slack.request.SlackRequest.Click;
import java.time.Instant;
import java.util.Optional;

/**
 * Forwards clicks on the buttons of alarm messages. Slack sends all interactions to the URL of the command function,
 * which therefore puts the clicks on alarms into the work queue of the alarms function. The command function has no
 * other permission for alarms.
 */
public class AlarmActionForwarder {

    /** The prefix of the action IDs of the buttons on alarm messages. */
    public static final String ACTION_ID_PREFIX = "alarm-";

    private final AwsJsonClient aws;
    private final Optional<String> queueUrl;
    private final SlackResponder responder;

    public AlarmActionForwarder(AwsJsonClient aws, Optional<String> queueUrl, SlackResponder responder) {
        this.aws = aws;
        this.queueUrl = queueUrl;
        this.responder = responder;
    }

    /** Puts the click into the work queue of the alarms function, which then updates the alarm message. */
    public ApiGatewayResponse forward(Click click, Instant now) {
        if (queueUrl.isEmpty() || click.message().isEmpty()) {
            return ApiGatewayResponse.EMPTY;
        }
        try {
            aws.call(
                    AwsJsonClient.Service.SQS,
                    "SendMessage",
                    aws.newObject()
                            .put("QueueUrl", queueUrl.get())
                            .put(
                                    "MessageBody",
                                    ForwardedClick.of(click, click.message().get(), now)
                                            .toJson()));
        } catch (AwsJsonException failure) {
            LambdaRuntime.getLogger().log("Alarm action not forwarded: " + failure.getMessage(), LogLevel.ERROR);
            responder.replyEphemeral(click.responseUrl(), CommandMessages.ACTION_NOT_FORWARDED);
        }
        return ApiGatewayResponse.EMPTY;
    }
}
