package io.reverser.configreader;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Suggests the known word that a user who mistyped a word probably meant. */
public final class DidYouMean {

    private static final int MAX_DISTANCE = 3;

    private DidYouMean() {}

    /** The known word that is closest to the typed word, if they differ in only a few letters. */
    public static Optional<String> suggest(String typed, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(word -> distance(typed, word)))
                .filter(word -> distance(typed, word) <= Math.min(MAX_DISTANCE, word.length() / 2));
    }

    static String hint(String typed, Collection<String> known) {
        return suggest(typed, known)
                .map(word -> ", did you mean " + word + "?")
                .orElse(", expected one of " + String.join(", ", known));
    }

    /** The Levenshtein distance between two words. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int above = row[j];
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], above) + 1, diagonal + change);
                diagonal = above;
            }
        }
        return row[other.length()];
    }
}
