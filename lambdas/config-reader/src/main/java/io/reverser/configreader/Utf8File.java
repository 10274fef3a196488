package io.reverser.configreader;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A text file that must be encoded in UTF-8; some editors save files in another encoding. */
public final class Utf8File {

    private Utf8File() {}

    /**
     * Reads the file.
     *
     * @throws NotUtf8Exception if the file is not encoded in UTF-8; the message names the first invalid line
     */
    public static String read(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        var undecoded = ByteBuffer.wrap(content);
        var text = CharBuffer.allocate(content.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(undecoded, text, true);
        int malformed = result.isError() ? undecoded.position() : content.length;
        int end = Math.min(malformed, indexOfZero(content));
        if (end < content.length) {
            throw new NotUtf8Exception(lineOf(content, end), content[end]);
        }
        return text.flip().toString();
    }

    /**
     * The index of the first zero byte, which reveals UTF-16: most of its characters contain a zero byte, and UTF-8
     * text contains none.
     */
    private static int indexOfZero(byte[] content) {
        int index = 0;
        while (index < content.length && content[index] != 0) {
            index++;
        }
        return index;
    }

    private static int lineOf(byte[] content, int end) {
        int line = 1;
        for (int index = 0; index < end; index++) {
            line += content[index] == '\n' ? 1 : 0;
        }
        return line;
    }
}
