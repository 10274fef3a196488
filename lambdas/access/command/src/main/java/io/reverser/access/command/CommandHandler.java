package io.reverser.access.command;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.access.command.Gate.Admission;
import io.reverser.slack.SlackRequest;
import jakarta.inject.Named;
import java.time.Instant;
import org.jboss.logging.Logger;

/** The function's entry. */
@Named("command")
class CommandHandler implements RequestHandler<JsonNode, HttpAnswer> {

    private static final Logger LOG = Logger.getLogger(CommandHandler.class);

    private final Parts parts;

    CommandHandler(Parts parts) {
        this.parts = parts;
    }

    @Override
    public HttpAnswer handleRequest(JsonNode event, Context context) {
        return answer(event);
    }

    HttpAnswer answer(JsonNode event) {
        Instant now = parts.clock().instant();
        return switch (parts.gate().admit(event, now)) {
            case Admission.TurnedAway(int status, String why) -> {
                if (status != Gate.WRONG_METHOD) {
                    LOG.warnf("Turned away: %s", why);
                }
                yield HttpAnswer.refused(status);
            }
            case Admission.Admitted(SlackRequest request) ->
                switch (request) {
                    case SlackRequest.SlashCommand command
                    when command.command().equals(WindowCommand.NAME) ->
                        parts.windows().answer(now);
                    case SlackRequest.SlashCommand command ->
                        parts.conversation().answer(command, now);
                    case SlackRequest.Click click
                    when click.action().startsWith(AlarmClicks.PREFIX) ->
                        parts.alarmClicks().answer(click, now);
                    case SlackRequest.Click click -> parts.clicks().answer(click, now);
                    case SlackRequest.Submission sent -> parts.clicks().answer(sent, now);
                    case SlackRequest.CertificateCheck check -> HttpAnswer.EMPTY;
                    case SlackRequest.Other other -> HttpAnswer.EMPTY;
                };
        };
    }
}
