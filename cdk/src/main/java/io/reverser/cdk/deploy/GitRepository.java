package io.reverser.cdk.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** Read-only calls to a repository on GitHub.
 *
 * @param git the URL that Git clones
 * @param api the repository in GitHub's REST API
 */
public record GitRepository(URI git, URI api) {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;

    /** The repository {@code owner/name} on github.com. */
    public static GitRepository onGitHub(String name) {
        return new GitRepository(
                URI.create("https://github.com/" + name + ".git"), URI.create("https://api.github.com/repos/" + name));
    }

    /** The HTTP status with which Git would begin a push: 200 if these credentials may push.
     *
     * @throws IOException without the credentials, if the repository cannot be reached
     */
    int beginPush(String username, String password) throws IOException {
        String basic = Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
        return get(URI.create(git + "/info/refs?service=git-receive-pack"), "Basic " + basic)
                .statusCode();
    }

    /** The repository's description in GitHub's REST API; empty if the token cannot read it.
     *
     * @throws IOException without the token, if GitHub cannot be reached
     */
    Optional<JsonNode> describe(String token) throws IOException {
        HttpResponse<String> response = get(api, "Bearer " + token);
        if (response.statusCode() != OK) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ObjectMapper().readTree(response.body()));
        } catch (JsonProcessingException messageContainsResponse) {
            return Optional.empty();
        }
    }

    private static HttpResponse<String> get(URI uri, String authorization) throws IOException {
        try (var client = HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            return client.send(
                    HttpRequest.newBuilder(uri)
                            .timeout(TIMEOUT)
                            .header("Authorization", authorization)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }
}
