package io.reverser.bench.report;

import io.reverser.bench.host.BenchException;

/**
 * A document in which each generated section is between two marker lines; people write the text around the sections.
 */
public record GeneratedSections(String text) {

    /**
     * Replaces the generated section with the given name.
     *
     * @param command the command of {@code ./platform} that writes the section
     */
    public GeneratedSections withSection(String name, String command, String content) {
        String before = "<!-- %s: ./platform %s writes them -->\n".formatted(name, command);
        String after = "<!-- end of %s -->\n".formatted(name);
        int begin = text.indexOf(before);
        int end = text.indexOf(after);
        if (begin < 0 || end < begin) {
            throw new BenchException(
                    "The document has no such section: add the lines " + before.strip() + " and " + after.strip());
        }
        return new GeneratedSections(
                text.substring(0, begin + before.length()) + "\n" + content + "\n" + text.substring(end));
    }
}
