package io.reverser.access.command.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.access.policy.SlackWorkspaceIds;
import io.reverser.slack.client.SlackCredentialsCache;
import io.reverser.slack.request.ApiGatewayRequest;
import io.reverser.slack.request.SlackRequest;
import io.reverser.slack.request.SlackRequestParser;
import io.reverser.slack.request.SlackSignature;
import io.reverser.slack.request.SlackSignature.SignatureError;
import java.time.Instant;
import java.util.Optional;

/** Accepts only requests that Slack has just sent, from our workspace and our app. */
public class SlackAuthenticator {

    /** Not logged, because any browser or scanner that opens the URL is rejected for this reason. */
    public static final int METHOD_NOT_ALLOWED = 405;

    private static final int MAX_BODY_BYTES = 256 * 1024;

    private final SlackCredentialsCache credentials;
    private final SlackWorkspaceIds workspace;

    public SlackAuthenticator(SlackCredentialsCache credentials, SlackWorkspaceIds workspace) {
        this.credentials = credentials;
        this.workspace = workspace;
    }

    /** The result of the authentication. */
    public sealed interface Authentication {

        /** The request is genuine. */
        record Authenticated(SlackRequest request) implements Authentication {}

        /**
         * The request is rejected.
         *
         * @param status the HTTP status
         * @param reason for the log only
         */
        record Rejected(int status, String reason) implements Authentication {}
    }

    public Authentication authenticate(JsonNode event, Instant now) {
        try {
            return authenticate(ApiGatewayRequest.parse(event), now);
        } catch (IllegalArgumentException unreadable) {
            return new Authentication.Rejected(400, "unreadable");
        }
    }

    private Authentication authenticate(ApiGatewayRequest request, Instant now) {
        if (!request.method().equals("POST")) {
            return new Authentication.Rejected(METHOD_NOT_ALLOWED, "method");
        }
        if (request.body().length > MAX_BODY_BYTES) {
            return new Authentication.Rejected(413, "size");
        }
        Optional<SignatureError> error = signatureError(request, now);
        if (error.isPresent()) {
            return new Authentication.Rejected(401, error.get().name());
        }
        SlackRequest parsed = SlackRequestParser.parse(request.body());
        return parsed instanceof SlackRequest.UserRequest userRequest && !isFromOurWorkspace(userRequest.sender())
                ? new Authentication.Rejected(403, "another workspace or app")
                : new Authentication.Authenticated(parsed);
    }

    /** If the signature does not match, the secret may have been replaced: read it again and verify once more. */
    private Optional<SignatureError> signatureError(ApiGatewayRequest request, Instant now) {
        Optional<SignatureError> error =
                SlackSignature.verify(request, credentials.current().signingSecret(), now);
        return error.equals(Optional.of(SignatureError.MISMATCH))
                ? SlackSignature.verify(request, credentials.refresh().signingSecret(), now)
                : error;
    }

    private boolean isFromOurWorkspace(SlackRequest.Sender sender) {
        return sender.teamId().equals(workspace.teamId()) && sender.appId().equals(workspace.appId());
    }
}
