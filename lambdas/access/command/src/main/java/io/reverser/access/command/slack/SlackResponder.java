package io.reverser.access.command.slack;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import io.reverser.slack.client.MinimalSlackClient;
import io.reverser.slack.client.SlackCredentialsCache;
import io.reverser.slack.client.SlackErrors;
import io.reverser.slack.message.SlackView;
import java.net.URI;

/** Opens modals and posts ephemeral replies in Slack, while Slack waits for the function's response. */
public class SlackResponder {

    private final MinimalSlackClient slack;
    private final SlackCredentialsCache credentials;
    private final String responseUrlPrefix;

    public SlackResponder(MinimalSlackClient slack, SlackCredentialsCache credentials, String responseUrlPrefix) {
        this.slack = slack;
        this.credentials = credentials;
        this.responseUrlPrefix = responseUrlPrefix;
    }

    /**
     * Opens a modal. Returns false if Slack did not open it, for example because the trigger ID had expired after three
     * seconds.
     */
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

    /**
     * Sends an ephemeral reply to the user who clicked. A failure is only logged, because it does not change the
     * outcome of the click.
     */
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
