package io.reverser.reverser.caller;

import java.util.Locale;
import java.util.Optional;

/** The header in which the proxies note whom they speak for. Each proxy appends one element at the right end. */
public enum ForwardingHeader {
    /** A bare address in each element; what AWS load balancers append. */
    X_FORWARDED_FOR("X-Forwarded-For") {
        @Override
        Optional<String> node(String element) {
            return Optional.of(element);
        }
    },
    /** Parameters in each element, the address in {@code for=} (RFC 7239). */
    FORWARDED("Forwarded") {
        @Override
        Optional<String> node(String element) {
            for (String parameter : element.split(";", -1)) {
                String trimmed = parameter.strip();
                if (trimmed.toLowerCase(Locale.ROOT).startsWith("for=")) {
                    return Optional.of(trimmed.substring("for=".length()));
                }
            }
            return Optional.empty();
        }
    };

    private final String headerName;

    ForwardingHeader(String headerName) {
        this.headerName = headerName;
    }

    public String headerName() {
        return headerName;
    }

    /** The text that stands for the forwarded-for node in one element, not yet known to be an address. */
    abstract Optional<String> node(String element);
}
