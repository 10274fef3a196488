package io.reverser.access.command;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.access.command.Gate.Admission;
import io.reverser.slack.SlackRequest;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** The function's entry. */
@Named("command")
class CommandHandler implements RequestHandler<JsonNode, HttpAnswer> {

    private static final Logger LOG = Logger.getLogger(CommandHandler.class);

    private final Gate gate;
    private final Conversation conversation;
    private final Clicks clicks;
    private final InstantSource clock;

    CommandHandler(Gate gate, Conversation conversation, Clicks clicks, InstantSource clock) {
        this.gate = gate;
        this.conversation = conversation;
        this.clicks = clicks;
        this.clock = clock;
    }

    /** The same with another gate. */
    CommandHandler behind(Gate other) {
        return new CommandHandler(other, conversation, clicks, clock);
    }

    @Override
    public HttpAnswer handleRequest(JsonNode event, Context context) {
        return answer(event);
    }

    HttpAnswer answer(JsonNode event) {
        Instant now = clock.instant();
        return switch (gate.admit(event, now)) {
            case Admission.TurnedAway(int status, String why) -> {
                LOG.warnf("Turned away: %s", why);
                yield HttpAnswer.refused(status);
            }
            case Admission.Admitted(SlackRequest request) ->
                switch (request) {
                    case SlackRequest.SlashCommand command -> conversation.answer(command, now);
                    case SlackRequest.Click click -> clicks.answer(click, now);
                    case SlackRequest.Submission sent -> clicks.answer(sent, now);
                    case SlackRequest.CertificateCheck check -> HttpAnswer.EMPTY;
                    case SlackRequest.Other other -> HttpAnswer.EMPTY;
                };
        };
    }
}
