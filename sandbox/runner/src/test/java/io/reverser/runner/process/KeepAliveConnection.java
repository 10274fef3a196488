package io.reverser.runner.process;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * An HTTP/1.1 connection that sends every request exactly once. The JDK's client would falsify the counts: it retries a
 * GET request when it considers its connection closed.
 */
public final class KeepAliveConnection implements AutoCloseable {

    private static final int RESPONSE_TIMEOUT_MS = 30_000;
    private static final String CONTENT_LENGTH = "content-length:";

    private final Socket socket;
    private final BufferedReader responses;

    public KeepAliveConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(RESPONSE_TIMEOUT_MS);
        responses = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    /** Sends {@code GET /} for a caller, reads the body of the response, and returns the status code. */
    public int get(String caller) throws IOException {
        socket.getOutputStream()
                .write("GET / HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nX-Forwarded-For: %s\r\n\r\n"
                        .formatted(caller)
                        .getBytes(StandardCharsets.ISO_8859_1));
        int status = Integer.parseInt(readLine().split(" ", -1)[1]);
        int length = 0;
        for (String header = readLine(); !header.isEmpty(); header = readLine()) {
            if (header.regionMatches(true, 0, CONTENT_LENGTH, 0, CONTENT_LENGTH.length())) {
                length = Integer.parseInt(
                        header.substring(CONTENT_LENGTH.length()).strip());
            }
        }
        for (int read = 0; read < length; read++) {
            if (responses.read() < 0) {
                throw new EOFException("The response ended early");
            }
        }
        return status;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String readLine() throws IOException {
        String line = responses.readLine();
        if (line == null) {
            throw new EOFException("The connection was closed");
        }
        return line;
    }
}
