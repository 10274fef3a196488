package io.reverser.cdk.settings;

import io.reverser.settings.Section;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a value looks that several sections have. */
final class Forms {

    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{1,30}");
    static final Pattern SECRET = Pattern.compile("[\\w/+=.@-]{1,512}");
    static final Pattern HOST = Pattern.compile("([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}");

    private static final Pattern RANGE = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}/([1-9]|[12]\\d|3[0-2])");

    private Forms() {}

    /** Who may come in; nobody when it is left out. */
    static List<String> ranges(Section section, String key) {
        return section.has(key)
                ? section.each(
                        key,
                        text -> Optional.of(text)
                                .filter(range -> RANGE.matcher(range).matches()),
                        "an IPv4 range like 203.0.113.0/24; the whole Internet is refused")
                : List.of();
    }
}
