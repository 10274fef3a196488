package io.reverser.access.command;

import io.reverser.slack.CachedCredentials;
import io.reverser.slack.DirectCalls;
import io.reverser.slack.SlackErrors;
import io.reverser.slack.SlackView;
import java.net.URI;
import org.jboss.logging.Logger;

/** Opens modals and whispers, while Slack waits. */
class Modals {

    private static final Logger LOG = Logger.getLogger(Modals.class);

    private final DirectCalls slack;
    private final CachedCredentials credentials;
    private final String responses;

    Modals(DirectCalls slack, CachedCredentials credentials, String responses) {
        this.slack = slack;
        this.credentials = credentials;
        this.responses = responses;
    }

    /** Whether it opened: Slack waits three seconds for it. */
    boolean open(String triggerId, SlackView view) {
        String outcome = slack.open(triggerId, view, credentials.current());
        if (SlackErrors.isToken(outcome)) {
            outcome = slack.open(triggerId, view, credentials.renewed());
        }
        if (!outcome.equals("ok")) {
            LOG.errorf("Slack did not open a modal: %s", outcome);
        }
        return outcome.equals("ok");
    }

    /** Tells who clicked. What was decided stands, whether this arrives or not. */
    void whisper(String responseUrl, String text) {
        if (!responseUrl.startsWith(responses)) {
            LOG.error("A response URL leads elsewhere and is not called");
            return;
        }
        String outcome = slack.whisper(URI.create(responseUrl), text);
        if (!outcome.equals("ok")) {
            LOG.warnf("Slack did not take a whisper: %s", outcome);
        }
    }
}
