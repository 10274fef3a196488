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
        return new GeneratedSections(
                text.substring(0, begin(name, command)) + "\n" + content + "\n" + text.substring(end(name, command)));
    }

    /** The content of the generated section with the given name. */
    public String section(String name, String command) {
        return text.substring(begin(name, command), end(name, command));
    }

    private int begin(String name, String command) {
        String marker = "<!-- %s: ./platform %s writes them -->\n".formatted(name, command);
        return find(marker, 0) + marker.length();
    }

    private int end(String name, String command) {
        return find("<!-- end of %s -->\n".formatted(name), begin(name, command));
    }

    private int find(String marker, int from) {
        int start = text.indexOf(marker, from);
        if (start < 0) {
            throw new BenchException("The document has no such section: add the line " + marker.strip());
        }
        return start;
    }
}
