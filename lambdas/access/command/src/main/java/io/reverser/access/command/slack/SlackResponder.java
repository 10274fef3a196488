package io.reverser.access.command.slack;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import io.reverser.slack.client.MinimalSlackClient;
import io.reverser.slack.client.SlackCredentialsCache;
import io.reverser.slack.client.SlackErrors;
import io.reverser.slack.message.SlackView;
import java.net.URI;

/** Opens modals and replies ephemerally, while Slack waits. */
public class SlackResponder {

    private final MinimalSlackClient slack;
    private final SlackCredentialsCache credentials;
    private final String responseUrlPrefix;

    public SlackResponder(MinimalSlackClient slack, SlackCredentialsCache credentials, String responseUrlPrefix) {
        this.slack = slack;
        this.credentials = credentials;
        this.responseUrlPrefix = responseUrlPrefix;
    }

    /** Whether it opened: Slack waits three seconds for it. */
    boolean openModal(String triggerId, SlackView view) {
        String outcome = slack.openView(triggerId, view, credentials.current());
        if (SlackErrors.isTokenError(outcome)) {
            outcome = slack.openView(triggerId, view, credentials.refresh());
        }
        if (!outcome.equals("ok")) {
            LambdaRuntime.getLogger().log("Slack did not open a modal: " + outcome, LogLevel.ERROR);
        }
        return outcome.equals("ok");
    }

    /** Tells who clicked. What was decided stands, whether this arrives or not. */
    void replyEphemeral(String responseUrl, String text) {
        if (!responseUrl.startsWith(responseUrlPrefix)) {
            LambdaRuntime.getLogger().log("Ignored a response URL outside " + responseUrlPrefix, LogLevel.ERROR);
            return;
        }
        String outcome = slack.respondEphemeral(URI.create(responseUrl), text);
        if (!outcome.equals("ok")) {
            LambdaRuntime.getLogger().log("Slack rejected an ephemeral reply: " + outcome, LogLevel.WARN);
        }
    }
}
