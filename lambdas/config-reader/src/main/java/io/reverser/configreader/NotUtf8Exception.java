package io.reverser.configreader;

import java.io.Serial;
import java.nio.charset.CharacterCodingException;

/** A text file is not encoded in UTF-8. The message names the line and says what to do. */
public final class NotUtf8Exception extends CharacterCodingException {

    @Serial
    private static final long serialVersionUID = 1;

    private final int line;
    private final byte found;

    NotUtf8Exception(int line, byte found) {
        this.line = line;
        this.found = found;
    }

    @Override
    public String getMessage() {
        return "line %d is not UTF-8: found the byte 0x%02X; save the file with the encoding UTF-8"
                .formatted(line, found);
    }
}
