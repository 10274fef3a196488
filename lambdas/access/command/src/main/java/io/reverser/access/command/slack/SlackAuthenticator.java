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

/** Accepts a request only if Slack has just sent it, on behalf of our workspace and our app. */
public class SlackAuthenticator {

    /**
     * Rejections with this HTTP status are not logged, because every browser or scanner that opens the URL causes one.
     */
    public static final int METHOD_NOT_ALLOWED = 405;

    private static final int MAX_BODY_BYTES = 256 * 1024;

    private final SlackCredentialsCache credentials;
    private final SlackWorkspaceIds workspace;

    public SlackAuthenticator(SlackCredentialsCache credentials, SlackWorkspaceIds workspace) {
        this.credentials = credentials;
        this.workspace = workspace;
    }

    /** The result of the authentication of a request. */
    public sealed interface Authentication {

        /** The request is from Slack. */
        record Authenticated(SlackRequest request) implements Authentication {}

        /**
         * The request is rejected.
         *
         * @param status the HTTP status
         * @param reason for the log only, not for the response
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

    /**
     * Verifies the signature. If the signature does not match, the signing secret may have been rotated, so this method
     * reads the secret again and verifies the signature once more.
     */
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
