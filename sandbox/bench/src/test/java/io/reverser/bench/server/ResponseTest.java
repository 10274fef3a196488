package io.reverser.bench.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseTest {

    @Test
    void readsAsManyBytesOfTheBodyAsContentLengthSays() throws IOException {
        Response response = read("HTTP/1.1 200 OK\r\nVary: Accept\r\nContent-Length: 4\r\n\r\n1\n2\nHTTP/1.1 ...");
        assertThat(response.body()).isEqualTo("1\n2\n");
        assertThat(response.headerLines()).isEqualTo(List.of("Vary: Accept", "Content-Length: 4"));
        assertThat(response.isOk()).isTrue();
    }

    @Test
    void isOkOnlyWithStatus200() throws IOException {
        assertThat(read("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n")
                        .isOk())
                .isFalse();
    }

    @Test
    void comparesWithoutTheOrderOfFieldsAndTheDate() throws IOException {
        Response response = read("HTTP/1.1 200 OK\r\nVary: Accept\r\ndate: 1\r\ncontent-length: 2\r\n\r\n1\n");
        assertThat(response.isSameAs(
                        read("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nDate: 2\r\nVary: Accept\r\n\r\n1\n")))
                .isTrue();
        assertThat(response.isSameAs(read("HTTP/1.1 200 OK\r\nVary: Accept\r\ncontent-length: 2\r\n\r\n1\n")))
                .as("without the date")
                .isFalse();
        assertThat(response.isSameAs(
                        read("HTTP/1.1 200 OK\r\nVary: Origin\r\ndate: 1\r\ncontent-length: 2\r\n\r\n1\n")))
                .as("another value")
                .isFalse();
        assertThat(response.isSameAs(
                        read("HTTP/1.1 200 OK\r\nVary: Accept\r\ndate: 1\r\ncontent-length: 2\r\n\r\n2\n")))
                .as("another body")
                .isFalse();
    }

    @Test
    void failsWhenTheServerClosesTheConnection() {
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\n")).isInstanceOf(EOFException.class);
    }

    private static Response read(String text) throws IOException {
        return Response.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
