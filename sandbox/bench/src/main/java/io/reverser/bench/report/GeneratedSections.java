package io.reverser.bench.report;

import io.reverser.bench.host.BenchException;

/** A page of prose that people write, with figures between two marks that every run replaces. */
public record GeneratedSections(String text) {

    /**
     * With these figures in the place of that name.
     *
     * @param command of {@code ./platform} that writes them
     */
    public GeneratedSections withSection(String name, String command, String content) {
        String before = "<!-- %s: ./platform %s writes them -->\n".formatted(name, command);
        String after = "<!-- end of %s -->\n".formatted(name);
        int begin = text.indexOf(before);
        int end = text.indexOf(after);
        if (begin < 0 || end < begin) {
            throw new BenchException("The page has no place for figures: it needs the lines " + before.strip() + " and "
                    + after.strip());
        }
        return new GeneratedSections(
                text.substring(0, begin + before.length()) + "\n" + content + "\n" + text.substring(end));
    }
}
