package io.reverser.access.policy;

import java.util.Arrays;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Kubernetes namespaces in requests for access: RFC 1123 labels, or a prefix and a star. */
public final class Namespaces {

    /**
     * The maximum number of namespaces in a request: more than any request needs, and few enough to store and to
     * display.
     */
    public static final int MAX_COUNT = 20;

    private static final int MAX_NAME_LENGTH = 63;
    private static final Pattern PATTERN = Pattern.compile("[a-z0-9](?:[-a-z0-9]*[a-z0-9])?|[a-z0-9][-a-z0-9]*\\*");

    private Namespaces() {}

    /**
     * Parses comma-separated namespaces; empty when a name is invalid, or when there are more than {@link #MAX_COUNT}.
     */
    public static Optional<SortedSet<String>> parse(String text) {
        var names = new TreeSet<>(Arrays.asList(text.strip().split("\\s*,\\s*", -1)));
        return names.size() <= MAX_COUNT && names.stream().allMatch(Namespaces::isName)
                ? Optional.of(names)
                : Optional.empty();
    }

    /** Whether this text is a valid namespace name, or a prefix and a star. */
    public static boolean isName(String text) {
        return text.length() <= MAX_NAME_LENGTH && PATTERN.matcher(text).matches();
    }
}
