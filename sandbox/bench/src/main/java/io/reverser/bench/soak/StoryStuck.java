package io.reverser.bench.soak;

import java.io.Serial;

/** Something that people began does not come to its end, however often they try. */
final class StoryStuck extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    StoryStuck(String message) {
        super(message);
    }
}
