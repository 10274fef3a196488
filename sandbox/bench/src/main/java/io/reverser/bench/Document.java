package io.reverser.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of prose that people write, with figures between two marks that every run replaces. */
public record Document(String text) {

    /** The page as it stands; where there is none yet, a first one. */
    static Document at(Path file) throws IOException {
        if (Files.exists(file)) {
            return new Document(Files.readString(file));
        }
        try (InputStream first = Document.class.getResourceAsStream("performance.md")) {
            return new Document(new String(first.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** With these figures in the place of that name. */
    Document with(String name, String figures) {
        return with(name, "bench", figures);
    }

    /**
     * The same, in the place that another command writes.
     *
     * @param command of {@code ./platform}
     */
    public Document with(String name, String command, String figures) {
        String before = "<!-- %s: ./platform %s writes them -->\n".formatted(name, command);
        String after = "<!-- end of %s -->\n".formatted(name);
        int begin = text.indexOf(before);
        int end = text.indexOf(after);
        if (begin < 0 || end < begin) {
            throw new BenchFailure("The page has no place for figures: it needs the lines " + before.strip() + " and "
                    + after.strip());
        }
        return new Document(text.substring(0, begin + before.length()) + "\n" + figures + "\n" + text.substring(end));
    }
}
