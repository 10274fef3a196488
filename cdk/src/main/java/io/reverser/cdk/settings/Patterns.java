package io.reverser.cdk.settings;

import io.reverser.configreader.ConfigSection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a value looks that several sections have. */
final class Patterns {

    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{1,30}");
    static final Pattern SECRET_NAME = Pattern.compile("[\\w/+=.@-]{1,512}");
    static final Pattern HOST = Pattern.compile("([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}");

    private static final Pattern CIDR = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}/([1-9]|[12]\\d|3[0-2])");

    private Patterns() {}

    /** The address ranges that may connect; none when the key is left out. */
    static List<String> cidrs(ConfigSection section, String key) {
        return section.has(key)
                ? section.list(
                        key,
                        text -> Optional.of(text)
                                .filter(cidr -> CIDR.matcher(cidr).matches()),
                        "an IPv4 range like 203.0.113.0/24; the whole Internet is refused")
                : List.of();
    }
}
