package io.reverser.bench.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A server's response to {@code GET /}.
 *
 * @param head status line and header lines, without their line terminators
 */
record Response(List<String> head, String body) {

    private static final String HEAD_TERMINATOR = "\r\n\r\n";
    private static final String CONTENT_LENGTH = "content-length: ";
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    /** Sends a request like the load generator's requests, on behalf of the given caller. */
    static Response get(int port, String caller) throws IOException {
        try (var socket = new Socket()) {
            socket.setSoTimeout((int) READ_TIMEOUT.toMillis());
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: */*\r\nX-Forwarded-For: %s\r\n\r\n"
                            .formatted(port, caller)
                            .getBytes(StandardCharsets.ISO_8859_1));
            return read(socket.getInputStream());
        }
    }

    static Response read(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf(HEAD_TERMINATOR) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("The connection ended within the head of the response");
            }
            head.append((char) next);
        }
        List<String> lines = head.toString().strip().lines().toList();
        return new Response(lines, new String(in.readNBytes(contentLength(lines)), StandardCharsets.ISO_8859_1));
    }

    boolean isOk() {
        return head.getFirst().startsWith("HTTP/1.1 200 ");
    }

    List<String> headerLines() {
        return head.subList(1, head.size());
    }

    /**
     * Whether two responses have the same bytes, apart from the order of the header fields, the case of their names, and
     * the time in {@code Date}.
     */
    boolean isSameAs(Response other) {
        return body.equals(other.body)
                && head.getFirst().equals(other.head.getFirst())
                && comparableFields().equals(other.comparableFields());
    }

    private List<String> comparableFields() {
        return headerLines().stream()
                .map(line -> line.split(": ", 2))
                .map(field -> Map.entry(field[0].toLowerCase(Locale.ROOT), field[1]))
                .map(field -> field.getKey().equals("date") ? "date" : field.getKey() + ": " + field.getValue())
                .sorted()
                .toList();
    }

    private static int contentLength(List<String> lines) {
        return lines.stream()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith(CONTENT_LENGTH))
                .mapToInt(line -> Integer.parseInt(line.substring(CONTENT_LENGTH.length())))
                .findFirst()
                .orElse(0);
    }
}
