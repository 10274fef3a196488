package io.reverser.reverser.web;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Selects the media type that a request prefers (RFC 9110, 12.5.1). Some clients send invalid elements, like {@code *;
 * q=.2} from old versions of Java: this class reads {@code *} and {@code .2}, and ignores all other invalid elements.
 */
final class AcceptHeader {

    private static final String ANY = "*/*";
    private static final Pattern RANGE = Pattern.compile("\\*|[^\\s,;/\"]+/[^\\s,;/\"]+");
    private static final Pattern QUALITY = Pattern.compile("\\s*q\\s*=\\s*(.*?)\\s*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}\\.?\\d{0,9}|\\.\\d{1,9}");

    private AcceptHeader() {}

    /**
     * The media type with the highest quality. Among types with the same quality, prefers the one that the header names
     * most specifically, then the one that the header names first, then the one that is available first.
     *
     * @param lines the values of all lines of the header
     * @param available the available media types, in the server's order of preference
     * @return the first available type if no element of the header is readable; empty if none is acceptable
     */
    static Optional<String> preferred(List<String> lines, List<String> available) {
        List<Range> ranges = lines.stream()
                .flatMap(line -> Stream.of(line.toLowerCase(Locale.ROOT).split(",")))
                .flatMap(element -> Range.parse(element).stream())
                .toList();
        if (ranges.isEmpty()) {
            return available.stream().findFirst();
        }
        record Candidate(String mediaType, Range range, int position) {}
        return available.stream()
                .flatMap(mediaType -> ranges.stream()
                        .filter(range -> range.contains(mediaType))
                        .max(Comparator.comparingInt(Range::specificity))
                        .map(range -> new Candidate(mediaType, range, ranges.indexOf(range)))
                        .stream())
                .filter(candidate -> candidate.range.quality > 0)
                .min(Comparator.comparingDouble((Candidate candidate) -> candidate.range.quality)
                        .thenComparingInt(candidate -> candidate.range.specificity())
                        .reversed()
                        .thenComparingInt(Candidate::position))
                .map(Candidate::mediaType);
    }

    /**
     * An element of the header.
     *
     * @param types a media type, all subtypes of a type as in {@code text/*}, or all types
     */
    private record Range(String types, double quality) {

        static Optional<Range> parse(String element) {
            String[] parts = element.split(";", -1);
            String types = parts[0].strip();
            double quality = 1;
            for (int i = 1; i < parts.length; i++) {
                Matcher parameter = QUALITY.matcher(parts[i]);
                if (parameter.matches()) {
                    if (!NUMBER.matcher(parameter.group(1)).matches()) {
                        return Optional.empty();
                    }
                    quality = Math.min(Double.parseDouble(parameter.group(1)), 1);
                }
            }
            return RANGE.matcher(types).matches()
                    ? Optional.of(new Range(types.equals("*") ? ANY : types, quality))
                    : Optional.empty();
        }

        boolean contains(String mediaType) {
            return switch (specificity()) {
                case 0 -> true;
                case 1 -> mediaType.startsWith(types.substring(0, types.length() - 1));
                default -> mediaType.equals(types);
            };
        }

        int specificity() {
            return types.equals(ANY) ? 0 : types.endsWith("/*") ? 1 : 2;
        }
    }
}
