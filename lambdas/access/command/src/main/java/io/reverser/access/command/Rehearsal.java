package io.reverser.access.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.access.policy.SlackPlace;
import io.reverser.access.policy.Wish;
import io.reverser.access.request.Ask;
import io.reverser.access.request.Audit;
import io.reverser.access.request.Change;
import io.reverser.access.request.Request.Pending;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.RequestTable;
import io.reverser.access.request.Stored;
import io.reverser.slack.CachedCredentials;
import io.reverser.slack.DirectCalls;
import io.reverser.slack.SlackCredentials;
import io.reverser.slack.SlackRequest;
import io.reverser.slack.SlackSignature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Goes once through everything that a first request needs, before there is one: when Slack's three seconds begin, the
 * classes are loaded and the connections are open. Reads no secret, because a snapshot may follow, and writes nothing.
 */
class Rehearsal {

    private static final Logger LOG = Logger.getLogger(Rehearsal.class);
    private static final String NAME = "rehearsal";

    private final Conversation conversation;
    private final SlackPlace place;
    private final RequestTable table;
    private final DirectCalls slack;

    Rehearsal(Conversation conversation, SlackPlace place, RequestTable table, DirectCalls slack) {
        this.conversation = conversation;
        this.place = place;
        this.table = table;
        this.slack = slack;
    }

    /** A rehearsal that fails costs the first request some time and nothing else. */
    void perform(Instant now) {
        try {
            String secret = "{\"bot_token\":\"%s\",\"signing_secret\":\"%s\"}".formatted(NAME, UUID.randomUUID());
            var credentials = new CachedCredentials(() -> secret, () -> now);
            SlackCredentials standIn = credentials.current();
            var gate = new Gate(credentials, place);
            for (String text : List.of("help", "list")) {
                if (gate.admit(command(text, standIn, now), now)
                        instanceof Gate.Admission.Admitted(SlackRequest.SlashCommand command)) {
                    conversation.answer(command, now);
                }
            }
            writeNothing(now);
            slack.open(NAME, Views.extend(NAME), standIn);
        } catch (RuntimeException failure) {
            LOG.warnf("The rehearsal was broken off: %s", failure.getMessage());
        }
    }

    /** A command as Slack sends it, signed with a secret that nobody else knows. */
    private JsonNode command(String text, SlackCredentials standIn, Instant now) {
        String body = "team_id=%s&api_app_id=%s&user_id=%s&command=%s&text=%s&channel_id=%3$s&trigger_id=%3$s"
                .formatted(place.team(), place.app(), NAME, "%2Fcluster-access", text.replace(' ', '+'));
        String time = Long.toString(now.getEpochSecond());
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("body", body);
        event.putObject("requestContext").putObject("http").put("method", "POST");
        event.putObject("headers")
                .put(SlackSignature.TIMESTAMP, time)
                .put(
                        SlackSignature.SIGNATURE,
                        SlackSignature.sign(standIn.signingSecret(), time, body.getBytes(StandardCharsets.UTF_8)));
        return event;
    }

    /** The next state of a request that does not exist: DynamoDB refuses the whole transaction. */
    private void writeNothing(Instant now) {
        var wish = new Wish(NAME, NAME, NAME, new TreeSet<>(), Optional.empty(), NAME, Optional.empty());
        var pending =
                new Pending(new Ask(RequestId.of(NAME), wish, now), List.of(), now.plus(Duration.ofHours(1)), false);
        table.write(Change.of(new Stored(pending, 0, Optional.empty()), pending)
                .audited(Audit.of(pending.id(), NAME, Audit.Action.REQUEST, Audit.Outcome.DENIED, now))
                .once(NAME));
    }
}
