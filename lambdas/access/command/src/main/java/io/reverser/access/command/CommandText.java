package io.reverser.access.command;

import io.reverser.access.policy.Namespaces;
import io.reverser.access.request.RequestId;
import io.reverser.settings.Durations;
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

/** What somebody typed after {@code /cluster-access}. */
sealed interface CommandText {

    /** Nothing: the form is wanted. */
    record Form() implements CommandText {}

    /** The form for emergencies is wanted. */
    record EmergencyForm() implements CommandText {}

    /** A request in one line. */
    record Request(String cluster, String level, SortedSet<String> namespaces, Duration duration, String reason)
            implements CommandText {}

    /** What is open. */
    record Listing() implements CommandText {}

    /** What became of a request. */
    record Status(RequestId id) implements CommandText {}

    /** More time. */
    record Extend(RequestId id, Duration by, String reason) implements CommandText {}

    /** An early end. */
    record Revoke(RequestId id, String reason) implements CommandText {}

    /** Taken back before it was decided. */
    record Cancel(RequestId id) implements CommandText {}

    /** What the policy knows of who asks. */
    record WhoAmI() implements CommandText {}

    /** What can be typed. */
    record Help() implements CommandText {}

    /**
     * None of these.
     *
     * @param extended the request that was to be extended, if that was it
     */
    record Wrong(Mistake mistake, String found, Optional<RequestId> extended) implements CommandText {

        Wrong(Mistake mistake, String found) {
            this(mistake, found, Optional.empty());
        }
    }

    /** What is wrong. */
    enum Mistake {
        /** It begins with a cluster, and no level follows. */
        NO_LEVEL,
        /** A length of time is missing. */
        NO_DURATION,
        /** Why is missing. */
        NO_REASON,
        /** What should be the name of a request is none. */
        NO_REQUEST,
        /** What follows {@code ns=} are no names of namespaces. */
        BAD_NAMESPACES
    }

    /** Reads it. Phones write other quotes and spaces than keyboards do. */
    static CommandText parse(String typed) {
        Deque<String> words = Arrays.stream(typed.replaceAll("[\u00a0\u2007\u202f]", " ")
                        .replaceAll("[\u201c\u201d\"]", "")
                        .strip()
                        .split("\\s+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(ArrayDeque::new));
        if (words.isEmpty()) {
            return new Form();
        }
        String first = words.removeFirst();
        return switch (first.toLowerCase(Locale.ROOT)) {
            case "help", "?" -> new Help();
            case "whoami" -> new WhoAmI();
            case "list" -> new Listing();
            case "break-glass", "breakglass" -> new EmergencyForm();
            case "status" -> words.isEmpty() ? new Listing() : of(words, Status::new);
            case "cancel" -> of(words, Cancel::new);
            case "revoke", "done" -> of(words, id -> new Revoke(id, rest(words)));
            case "extend" -> of(words, id -> extend(id, words));
            default -> request(first, words);
        };
    }

    private static CommandText of(Deque<String> words, Function<RequestId, CommandText> what) {
        String word = words.isEmpty() ? "" : words.removeFirst();
        return RequestId.parse(word.toLowerCase(Locale.ROOT))
                .map(what)
                .orElseGet(() -> new Wrong(Mistake.NO_REQUEST, word));
    }

    private static CommandText extend(RequestId id, Deque<String> words) {
        String word = words.isEmpty() ? "" : words.removeFirst();
        Optional<Duration> by = Durations.parse(word);
        if (by.isEmpty()) {
            return new Wrong(Mistake.NO_DURATION, word, Optional.of(id));
        }
        return words.isEmpty()
                ? new Wrong(Mistake.NO_REASON, "", Optional.of(id))
                : new Extend(id, by.get(), rest(words));
    }

    private static CommandText request(String cluster, Deque<String> words) {
        if (words.isEmpty()) {
            return new Wrong(Mistake.NO_LEVEL, cluster);
        }
        String level = words.removeFirst().toLowerCase(Locale.ROOT);
        SortedSet<String> namespaces = new TreeSet<>();
        Optional<Duration> duration = Optional.empty();
        while (!words.isEmpty()) {
            String word = words.peekFirst();
            if (namespaces.isEmpty() && word.startsWith("ns=")) {
                Optional<SortedSet<String>> names = Namespaces.parse(word.substring("ns=".length()));
                if (names.isEmpty()) {
                    return new Wrong(Mistake.BAD_NAMESPACES, word);
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
            return new Wrong(Mistake.NO_DURATION, words.isEmpty() ? "" : words.peekFirst());
        }
        return words.isEmpty()
                ? new Wrong(Mistake.NO_REASON, "")
                : new Request(cluster, level, namespaces, duration.get(), rest(words));
    }

    private static String rest(Deque<String> words) {
        return String.join(" ", words);
    }
}
