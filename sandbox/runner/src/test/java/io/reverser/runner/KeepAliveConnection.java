package io.reverser.runner;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * An HTTP/1.1 connection that sends every request exactly once. The JDK's client is no help where requests are counted:
 * it repeats a GET by itself when it believes that its connection was closed.
 */
final class KeepAliveConnection implements AutoCloseable {

    private static final int ANSWER_AT_MOST_MS = 10_000;
    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final BufferedReader answers;

    KeepAliveConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(ANSWER_AT_MOST_MS);
        answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    /** The status of {@code GET /}, after its body was read. */
    int get(String caller) throws IOException {
        socket.getOutputStream()
                .write("GET / HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nX-Forwarded-For: %s\r\n\r\n"
                        .formatted(caller)
                        .getBytes(StandardCharsets.ISO_8859_1));
        int status = Integer.parseInt(line().split(" ", -1)[1]);
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Integer.parseInt(header.substring(LENGTH.length()).strip());
            }
        }
        for (int read = 0; read < length; read++) {
            if (answers.read() < 0) {
                throw new EOFException("The answer ended early");
            }
        }
        return status;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new EOFException("The connection was closed");
        }
        return line;
    }
}
