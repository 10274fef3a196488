package io.reverser.reverser.web;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends bytes that no HTTP client would send. */
record RawHttp(URI server) {

    private static final int TIMEOUT_MS = 30_000;
    private static final int MAX_LENGTH = 16_384;

    /** The beginning of the response, as far as the server sends it at once; the connection may stay open. */
    String exchange(String request) throws IOException {
        try (Socket socket = send(request)) {
            byte[] answer = new byte[MAX_LENGTH];
            int length = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(length, 0), StandardCharsets.ISO_8859_1);
        }
    }

    /** All responses until the server closes the connection. */
    String exchangeUntilClosed(String requests) throws IOException {
        try (Socket socket = send(requests)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private Socket send(String requests) throws IOException {
        var socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(TIMEOUT_MS);
        socket.getOutputStream().write(requests.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }
}
