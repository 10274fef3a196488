package io.reverser.access.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.access.policy.SlackPlace;
import io.reverser.slack.CachedCredentials;
import io.reverser.slack.HttpRequest;
import io.reverser.slack.SlackRequest;
import io.reverser.slack.SlackRequestReader;
import io.reverser.slack.SlackSignature;
import io.reverser.slack.SlackSignature.Flaw;
import java.time.Instant;
import java.util.Optional;

/** Lets in what Slack sent, now, from our workspace and our app, and nothing else. */
class Gate {

    /** Browsers and scanners ask so, and nobody needs to hear of it. */
    static final int WRONG_METHOD = 405;

    private static final int MOST_BYTES = 256 * 1024;

    private final CachedCredentials credentials;
    private final SlackPlace place;

    Gate(CachedCredentials credentials, SlackPlace place) {
        this.credentials = credentials;
        this.place = place;
    }

    /** Whether somebody comes in. */
    sealed interface Admission {

        /** Slack wants something. */
        record Admitted(SlackRequest request) implements Admission {}

        /**
         * Somebody is turned away.
         *
         * @param status the HTTP status
         * @param why for the log only
         */
        record TurnedAway(int status, String why) implements Admission {}
    }

    Admission admit(JsonNode event, Instant now) {
        try {
            return admit(HttpRequest.of(event), now);
        } catch (IllegalArgumentException unreadable) {
            return new Admission.TurnedAway(400, "unreadable");
        }
    }

    private Admission admit(HttpRequest request, Instant now) {
        if (!request.method().equals("POST")) {
            return new Admission.TurnedAway(WRONG_METHOD, "method");
        }
        if (request.body().length > MOST_BYTES) {
            return new Admission.TurnedAway(413, "size");
        }
        Optional<Flaw> flaw = flaw(request, now);
        if (flaw.isPresent()) {
            return new Admission.TurnedAway(401, flaw.get().name());
        }
        SlackRequest read = SlackRequestReader.read(request.body());
        return read instanceof SlackRequest.Act act && !isOurs(act.sender())
                ? new Admission.TurnedAway(403, "another workspace or app")
                : new Admission.Admitted(read);
    }

    /** The signing secret may have been replaced since it was read. */
    private Optional<Flaw> flaw(HttpRequest request, Instant now) {
        Optional<Flaw> flaw = SlackSignature.flaw(request, credentials.current().signingSecret(), now);
        return flaw.equals(Optional.of(Flaw.FORGED))
                ? SlackSignature.flaw(request, credentials.renewed().signingSecret(), now)
                : flaw;
    }

    private boolean isOurs(SlackRequest.Sender sender) {
        return sender.team().equals(place.team()) && sender.app().equals(place.app());
    }
}
