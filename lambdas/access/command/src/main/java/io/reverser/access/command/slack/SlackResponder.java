package io.reverser.access.command.slack;

import io.reverser.slack.client.MinimalSlackClient;
import io.reverser.slack.client.SlackCredentialsCache;
import io.reverser.slack.client.SlackErrors;
import io.reverser.slack.message.SlackView;
import java.net.URI;
import org.jboss.logging.Logger;

/** Opens modals and replies ephemerally, while Slack waits. */
public class SlackResponder {

    private static final Logger LOG = Logger.getLogger(SlackResponder.class);

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
            LOG.errorf("Slack did not open a modal: %s", outcome);
        }
        return outcome.equals("ok");
    }

    /** Tells who clicked. What was decided stands, whether this arrives or not. */
    void replyEphemeral(String responseUrl, String text) {
        if (!responseUrl.startsWith(responseUrlPrefix)) {
            LOG.errorf("Ignored a response URL outside %s", responseUrlPrefix);
            return;
        }
        String outcome = slack.respondEphemeral(URI.create(responseUrl), text);
        if (!outcome.equals("ok")) {
            LOG.warnf("Slack rejected an ephemeral reply: %s", outcome);
        }
    }
}
