package io.reverser.reverser.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.reverser.reverser.EmbeddedDatabaseResource;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class ChunkedBodyFilterTest {

    private static final int RESPONSE_TIMEOUT_MS = 30_000;

    @TestHTTPResource
    URI address;

    /** A second, smuggled request on the same connection would seem to come through the same trusted proxies. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 4\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked"})
    void rejectsChunkedBodiesAndWhateverFollowsThem(String lengths) throws IOException {
        String answers = answers("POST / HTTP/1.1\r\nHost: a\r\n" + lengths + "\r\n\r\n0\r\n\r\n"
                + "GET /ip HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 198.51.100.66\r\n\r\n");
        assertThat(answers)
                .startsWith("HTTP/1.1 411 ")
                .containsIgnoringCase("connection: close")
                .endsWith("without Transfer-Encoding.\n")
                .doesNotContain("198.51.100.66");
    }

    /** Sends the requests, and returns everything that the server sends until the server closes the connection. */
    private String answers(String requests) throws IOException {
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(RESPONSE_TIMEOUT_MS);
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
