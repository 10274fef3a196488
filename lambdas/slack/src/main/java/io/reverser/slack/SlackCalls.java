package io.reverser.slack;

import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.util.http.SlackHttpClient;
import io.reverser.slack.SlackFailure.Kind;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Calls of the Web API, with the token of the moment. Every failure is sorted into a {@link SlackFailure}. */
final class SlackCalls implements AutoCloseable {

    private static final int TIME_OUT_MS = 5000;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final com.slack.api.Slack client;
    private final CachedCredentials credentials;

    /**
     * Nothing is called yet.
     *
     * @param api like {@code https://slack.com/api/}
     */
    SlackCalls(URI api, CachedCredentials credentials) {
        var config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(api.toString());
        config.setHttpClientCallTimeoutMillis(TIME_OUT_MS);
        config.setStatsEnabled(false);
        this.client = com.slack.api.Slack.getInstance(config, new SlackHttpClient(once(config)));
        this.credentials = credentials;
    }

    /** A call that was cut off is not made again without anybody knowing: it may have posted a message. */
    private static OkHttpClient once(SlackConfig config) {
        return SlackHttpClient.buildOkHttpClient(config)
                .newBuilder()
                .retryOnConnectionFailure(false)
                .build();
    }

    /** With a new token once, when Slack does not take the one that is at hand. */
    <T extends SlackApiTextResponse> T call(String method, Call<T> call) {
        T answer = callOnce(method, call, credentials.current());
        if (!answer.isOk() && SlackErrors.isToken(answer.getError())) {
            answer = callOnce(method, call, credentials.renewed());
        }
        if (!answer.isOk()) {
            throw new SlackFailure(SlackErrors.kind(answer.getError()), method, answer.getError(), 1);
        }
        return answer;
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (Exception failure) {
            throw new IllegalStateException("Slack's client could not be closed", failure);
        }
    }

    private <T> T callOnce(String method, Call<T> call, SlackCredentials with) {
        try {
            return call.on(client.methods(with.botToken()));
        } catch (SlackApiException answered) {
            throw failed(
                    method,
                    answered.getResponse().code(),
                    answered.getResponse().header("Retry-After"));
        } catch (IOException failure) {
            throw new SlackFailure(method, failure);
        }
    }

    /** What an HTTP status other than 200 means. */
    static SlackFailure failed(String method, int status, @Nullable String retryAfter) {
        Kind kind = status == TOO_MANY || status >= SERVER_ERROR ? Kind.RETRY : Kind.REFUSED;
        long after = Optional.ofNullable(retryAfter)
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(Long::parseLong)
                .orElse(1L);
        return new SlackFailure(kind, method, "HTTP " + status, after);
    }

    /** One call of the client. */
    interface Call<T> {
        T on(MethodsClient slack) throws IOException, SlackApiException;
    }
}
