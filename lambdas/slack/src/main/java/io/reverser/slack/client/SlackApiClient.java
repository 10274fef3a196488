package io.reverser.slack.client;

import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.util.http.SlackHttpClient;
import io.reverser.slack.client.SlackException.Kind;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Calls Slack's Web API with the current bot token. Every failure becomes a {@link SlackException}. */
final class SlackApiClient implements AutoCloseable {

    private static final int TIMEOUT_MS = 5000;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final com.slack.api.Slack client;
    private final SlackCredentialsCache credentials;

    /**
     * Creates the client without calling Slack.
     *
     * @param api the base URL of Slack's Web API, such as {@code https://slack.com/api/}
     */
    SlackApiClient(URI api, SlackCredentialsCache credentials) {
        var config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(api.toString());
        config.setHttpClientCallTimeoutMillis(TIMEOUT_MS);
        config.setStatsEnabled(false);
        this.client = com.slack.api.Slack.getInstance(config, new SlackHttpClient(withoutRetries(config)));
        this.credentials = credentials;
    }

    /**
     * Creates an HTTP client that does not retry silently, as OkHttp does by default, because an interrupted call may
     * already have posted its message.
     */
    private static OkHttpClient withoutRetries(SlackConfig config) {
        return SlackHttpClient.buildOkHttpClient(config)
                .newBuilder()
                .retryOnConnectionFailure(false)
                .build();
    }

    /** Calls a method of the Web API, and repeats the call once with a new token if Slack rejects the current token. */
    <T extends SlackApiTextResponse> T call(String method, ApiCall<T> call) {
        T response = execute(method, call, credentials.current());
        if (!response.isOk() && SlackErrors.isTokenError(response.getError())) {
            response = execute(method, call, credentials.refresh());
        }
        if (!response.isOk()) {
            throw new SlackException(SlackErrors.classify(response.getError()), method, response.getError(), 1);
        }
        return response;
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (Exception failure) {
            throw new IllegalStateException("Slack's client could not be closed", failure);
        }
    }

    private <T> T execute(String method, ApiCall<T> call, SlackCredentials requestCredentials) {
        try {
            return call.execute(client.methods(requestCredentials.botToken()));
        } catch (SlackApiException answered) {
            throw httpError(
                    method,
                    answered.getResponse().code(),
                    answered.getResponse().header("Retry-After"));
        } catch (IOException failure) {
            throw new SlackException(method, failure);
        }
    }

    /** Converts a response with an HTTP status other than 200 into an exception. */
    static SlackException httpError(String method, int status, @Nullable String retryAfter) {
        Kind kind = status == TOO_MANY_REQUESTS || status >= SERVER_ERROR ? Kind.RETRYABLE : Kind.PERMANENT;
        long retryAfterSeconds = Optional.ofNullable(retryAfter)
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(Long::parseLong)
                .orElse(1L);
        return new SlackException(kind, method, "HTTP " + status, retryAfterSeconds);
    }

    /** One call of a Web API method through Slack's client library. */
    interface ApiCall<T> {
        T execute(MethodsClient slack) throws IOException, SlackApiException;
    }
}
