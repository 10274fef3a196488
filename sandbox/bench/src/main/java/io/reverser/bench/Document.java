package io.reverser.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of prose that people write, with figures between two marks that every run replaces. */
record Document(String text) {

    private static final String BEGIN = "<!-- figures: ./platform bench writes them -->\n";
    private static final String END = "<!-- end of figures -->\n";

    /** The page as it stands; where there is none yet, a first one. */
    static Document at(Path file) throws IOException {
        if (Files.exists(file)) {
            return new Document(Files.readString(file));
        }
        try (InputStream first = Document.class.getResourceAsStream("performance.md")) {
            return new Document(new String(first.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    Document with(String figures) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new BenchFailure(
                    "The page has no place for figures: it needs the lines " + BEGIN.strip() + " and " + END.strip());
        }
        return new Document(text.substring(0, begin + BEGIN.length()) + "\n" + figures + "\n" + text.substring(end));
    }
}
