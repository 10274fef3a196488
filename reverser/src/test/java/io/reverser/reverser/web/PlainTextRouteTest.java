package io.reverser.reverser.web;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.reverser.reverser.EmbeddedDatabaseResource;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares each response of the route with the response of the REST framework. A request for {@code
 * text/plain} reaches the framework; the same request without {@code Accept}, or with an {@code Accept} that allows
 * everything, reaches the route.
 */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class PlainTextRouteTest {

    private static final List<String> WITHOUT_PREFERENCE = List.of("", "Accept: */*\n", "accept:   */*  \n");
    private static final String WITH_PREFERENCE = "Accept: text/plain\n";
    private static final String SUCCESSFUL_REQUESTS =
            "http_server_requests_seconds_count{method=\"GET\",outcome=\"SUCCESS\",status=\"200\",uri=\"root\"} ";
    private static final String LAST = "Connection: close\n";

    @TestHTTPResource
    URI address;

    @TestHTTPResource(management = true)
    URI management;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "X-Forwarded-For: 203.0.113.7\n",
                "X-Forwarded-For: 2001:db8::7\n",
                "X-Forwarded-For: 203.0.113.7:51234\n",
                "X-Forwarded-For: ::ffff:203.0.113.7\n",
                "X-Forwarded-For: 6.6.6.6, 203.0.113.7\n",
                "X-Forwarded-For: 203.0.113.7, 127.0.0.1\n",
                "X-Forwarded-For: 6.6.6.6\nX-Forwarded-For: 203.0.113.7\n",
                "X-Forwarded-For: unknown\n",
                "X-Forwarded-For:\n",
                "Forwarded: for=6.6.6.6\n",
                "X-Forwarded-For: 203.0.113.7\nX-Forwarded-Proto: https\n",
                "Origin: https://example.org\n",
                "Accept-Encoding: gzip, br\n",
                "Accept-Language: de\n",
                "Range: bytes=0-3\n",
                "If-None-Match: *\n",
                "Upgrade: h2c\nConnection: Upgrade\n",
                "Content-Type: text/plain\n",
                "Content-Type: nonsense\n",
                "Content-Length: 0\n"
            })
    void respondsAsTheFrameworkDoes(String headers) throws IOException {
        for (String start : List.of("GET / HTTP/1.1", "HEAD / HTTP/1.1", "POST / HTTP/1.1", "GET /?a=b HTTP/1.1")) {
            assertSameResponses(start + "\nHost: a\n" + headers, LAST + "\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET //",
                "GET /.",
                "GET /a/..",
                "GET /%2e",
                "GET /;a=b",
                "GET /?",
                "GET http://a/",
                "GET http://a",
                "GET *",
                "get /",
                "OPTIONS /",
                "TRACE /"
            })
    void respondsToUnusualTargetsAsTheFrameworkDoes(String target) throws IOException {
        assertSameResponses(target + " HTTP/1.1\nHost: a\n", LAST + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.0\n|\n",
                "GET / HTTP/1.0\nConnection: close\n|\n",
            })
    void respondsToOldAndIncompleteRequestsAsTheFrameworkDoes(String request) throws IOException {
        int accept = request.indexOf('|');
        assertSameResponses(request.substring(0, accept), request.substring(accept + 1));
    }

    /** The last request of a connection shows where the server saw the end of the body before it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\nHost: a\n|\n",
                "GET / HTTP/1.0\nConnection: keep-alive\n|\n",
                "GET / HTTP/1.1\nHost: a\nContent-Length: 4\n|\nbody",
                "GET / HTTP/1.1\nHost: a\nContent-Length: 4\nExpect: 100-continue\n|\nbody",
                "GET / HTTP/1.1\nHost: a\nContent-Length: 20000\n|\n",
                "GET / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n|\n4\nbody\n0\n\n",
                "GET / HTTP/1.1\nHost: a\nContent-Length: 4\nTransfer-Encoding: chunked\n|\n0\n\n"
            })
    void respondsToBodiesAndToTheNextRequestAsTheFrameworkDoes(String request) throws IOException {
        int accept = request.indexOf('|');
        assertSameResponses(
                request.substring(0, accept),
                request.substring(accept + 1) + "GET /reversed HTTP/1.1\nHost: a\n" + LAST + "\n");
    }

    @Test
    void countsARequestInTheMetricOfTheFramework() throws IOException {
        for (String accept : List.of("", WITH_PREFERENCE)) {
            double before = successfulRequests();
            responses("GET / HTTP/1.1\nHost: a\n" + accept + LAST + "\n");
            await().atMost(Duration.ofSeconds(60)).until(() -> successfulRequests() == before + 1);
        }
    }

    /** The order of the headers shows which of the two responded: only the framework begins with the length. */
    @Test
    void respondsInsteadOfTheFramework() throws IOException {
        String request = "GET / HTTP/1.1\nHost: a\n" + LAST;
        for (String accept : WITHOUT_PREFERENCE) {
            assertThat(exchange(request + accept + "\n")).containsPattern("(?is)content-type:.*content-length:");
        }
        assertThat(exchange(request + WITH_PREFERENCE + "\n")).containsPattern("(?is)content-length:.*content-type:");
    }

    private void assertSameResponses(String beforeAccept, String afterAccept) throws IOException {
        var expected = responses(beforeAccept + WITH_PREFERENCE + afterAccept);
        assertThat(expected.getFirst()).anyMatch(line -> line.startsWith("HTTP/1."));
        for (String accept : WITHOUT_PREFERENCE) {
            assertThat(responses(beforeAccept + accept + afterAccept))
                    .describedAs(accept)
                    .isEqualTo(expected);
        }
    }

    private double successfulRequests() {
        return when().get(management.resolve("/q/metrics"))
                .asString()
                .lines()
                .filter(line -> line.startsWith(SUCCESSFUL_REQUESTS))
                .mapToDouble(line -> Double.parseDouble(line.substring(SUCCESSFUL_REQUESTS.length())))
                .sum();
    }

    /**
     * Sends the requests, and returns all responses until the server closes the connection. The lines of a response are
     * sorted, because the order of its headers has no meaning.
     */
    private List<List<String>> responses(String requests) throws IOException {
        return Stream.of(exchange(requests).split("(?=HTTP/1[.])"))
                .map(response -> response.replaceFirst("(?i)\nDate: .*", "\nDate: now"))
                .map(response -> Stream.of(response.split("\r\n", -1)).sorted().toList())
                .toList();
    }

    private String exchange(String requests) throws IOException {
        return new RawHttp(address).exchangeUntilClosed(requests.replace("\n", "\r\n"));
    }
}
