package io.reverser.access.command.slack;

import io.reverser.access.policy.Namespaces;
import io.reverser.access.request.RequestId;
import io.reverser.configreader.Durations;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The parsed text that the user typed after {@code /cluster-access}. */
sealed interface CommandText {

    /** No text after the command: opens the request form. */
    record RequestForm() implements CommandText {}

    /** Opens the break-glass form. */
    record BreakGlassForm() implements CommandText {}

    /** Requests access in one line. */
    record RequestAccess(String cluster, String level, SortedSet<String> namespaces, Duration duration, String reason)
            implements CommandText {}

    /** Lists the open requests. */
    record ListRequests() implements CommandText {}

    /** Shows one request and its history. */
    record Status(RequestId id) implements CommandText {}

    /** Requests an extension of granted access. */
    record Extend(RequestId id, Duration duration, String reason) implements CommandText {}

    /** Revokes access. */
    record Revoke(RequestId id, String reason) implements CommandText {}

    /** Cancels a pending request. */
    record Cancel(RequestId id) implements CommandText {}

    /** Shows what the access policy lets the user request. */
    record WhoAmI() implements CommandText {}

    /** Shows the help. */
    record Help() implements CommandText {}

    /**
     * The text cannot be parsed.
     *
     * @param found the invalid word, which the reply quotes; empty when a word is missing
     * @param extendedRequest the ID of the request to extend, if the text is {@code extend} followed by an ID
     */
    record Invalid(Mistake mistake, String found, Optional<RequestId> extendedRequest) implements CommandText {

        Invalid(Mistake mistake, String found) {
            this(mistake, found, Optional.empty());
        }
    }

    /** The kinds of mistakes in the text of a command. */
    enum Mistake {
        /** The text names a cluster but no access level. */
        MISSING_LEVEL,
        /** The duration is missing or invalid. */
        INVALID_DURATION,
        /** The reason is missing. */
        MISSING_REASON,
        /** The request ID is missing or invalid. */
        INVALID_REQUEST_ID,
        /** {@code ns=} is not followed by valid namespaces. */
        INVALID_NAMESPACES
    }

    /**
     * Parses the text after {@code /cluster-access}. Treats the no-break spaces that phones insert as spaces, and
     * removes double quotes, typographic ones too.
     */
    static CommandText parse(String typed) {
        Deque<String> words = Arrays.stream(typed.replaceAll("[\u00a0\u2007\u202f]", " ")
                        .replaceAll("[\u201c\u201d\"]", "")
                        .strip()
                        .split("\\s+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(ArrayDeque::new));
        if (words.isEmpty()) {
            return new RequestForm();
        }
        String first = words.removeFirst();
        return switch (first.toLowerCase(Locale.ROOT)) {
            case "help", "?" -> new Help();
            case "whoami" -> new WhoAmI();
            case "list" -> new ListRequests();
            case "break-glass", "breakglass" -> new BreakGlassForm();
            case "status" -> words.isEmpty() ? new ListRequests() : parseWithId(words, Status::new);
            case "cancel" -> parseWithId(words, Cancel::new);
            case "revoke", "done" -> parseWithId(words, id -> new Revoke(id, joinRemaining(words)));
            case "extend" -> parseWithId(words, id -> parseExtend(id, words));
            default -> parseRequest(first, words);
        };
    }

    private static CommandText parseWithId(Deque<String> words, Function<RequestId, CommandText> subcommand) {
        String word = words.isEmpty() ? "" : words.removeFirst();
        return RequestId.parse(word.toLowerCase(Locale.ROOT))
                .map(subcommand)
                .orElseGet(() -> new Invalid(Mistake.INVALID_REQUEST_ID, word));
    }

    private static CommandText parseExtend(RequestId id, Deque<String> words) {
        String word = words.isEmpty() ? "" : words.removeFirst();
        Optional<Duration> duration = Durations.parse(word);
        if (duration.isEmpty()) {
            return new Invalid(Mistake.INVALID_DURATION, word, Optional.of(id));
        }
        return words.isEmpty()
                ? new Invalid(Mistake.MISSING_REASON, "", Optional.of(id))
                : new Extend(id, duration.get(), joinRemaining(words));
    }

    private static CommandText parseRequest(String cluster, Deque<String> words) {
        if (words.isEmpty()) {
            return new Invalid(Mistake.MISSING_LEVEL, cluster);
        }
        String level = words.removeFirst().toLowerCase(Locale.ROOT);
        SortedSet<String> namespaces = new TreeSet<>();
        Optional<Duration> duration = Optional.empty();
        while (!words.isEmpty()) {
            String word = words.peekFirst();
            if (namespaces.isEmpty() && word.startsWith("ns=")) {
                Optional<SortedSet<String>> names = Namespaces.parse(word.substring("ns=".length()));
                if (names.isEmpty()) {
                    return new Invalid(Mistake.INVALID_NAMESPACES, word);
                }
                namespaces = names.get();
            } else if (duration.isEmpty() && Durations.parse(word).isPresent()) {
                duration = Durations.parse(word);
            } else {
                break;
            }
            words.removeFirst();
        }
        if (duration.isEmpty()) {
            return new Invalid(Mistake.INVALID_DURATION, words.isEmpty() ? "" : words.peekFirst());
        }
        return words.isEmpty()
                ? new Invalid(Mistake.MISSING_REASON, "")
                : new RequestAccess(cluster, level, namespaces, duration.get(), joinRemaining(words));
    }

    private static String joinRemaining(Deque<String> words) {
        return String.join(" ", words);
    }
}
