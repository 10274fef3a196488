package io.reverser.bench;

/** A page of prose that people write, with figures between two marks that every run replaces. */
public record Document(String text) {

    /**
     * With these figures in the place of that name.
     *
     * @param command of {@code ./platform} that writes them
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
