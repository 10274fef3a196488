package io.reverser.testing;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Suggests the names of modules and test classes that are similar to a mistyped name. */
final class NearNames {

    private static final int MAX_NAMES = 3;

    private NearNames() {}

    /**
     * The names that contain the typed word, or differ from it in at most a third of its letters. The most similar name
     * is first.
     */
    static List<String> of(String word, Collection<String> names) {
        String typed = word.replaceFirst("^:|#.*", "").toLowerCase(Locale.ROOT);
        return names.stream()
                .map(name -> Map.entry(name, nearness(typed, name.toLowerCase(Locale.ROOT))))
                .filter(entry -> entry.getValue() <= Math.max(1, typed.length() / 3)
                        || (typed.length() > 3
                                && entry.getKey().toLowerCase(Locale.ROOT).contains(typed)))
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Comparator.comparing(Map.Entry::getKey)))
                .limit(MAX_NAMES)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * The distance between a typed word and a module's name or the last part of the name, whichever is smaller: users
     * often omit a module's parent folders.
     */
    private static int nearness(String typed, String name) {
        return Math.min(distance(typed, name), distance(typed, name.replaceFirst(".*[/-]", "")));
    }

    /** The Levenshtein distance between two words: the number of characters to insert, delete or replace. */
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            before[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            int[] current = new int[other.length() + 1];
            current[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                int replaced = before[column - 1] + (one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, Math.min(before[column], current[column - 1]) + 1);
            }
            before = current;
        }
        return before[other.length()];
    }
}
