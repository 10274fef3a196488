package io.reverser.reverser.caller;

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
            int start = 0;
            while (start <= element.length()) {
                int end = endOfParameter(element, start);
                String parameter = element.substring(start, end).strip();
                if (parameter.regionMatches(true, 0, "for=", 0, "for=".length())) {
                    return Optional.of(parameter.substring("for=".length()));
                }
                start = end + 1;
            }
            return Optional.empty();
        }

        // A semicolon in quotes separates nothing: the client chooses the host, and a proxy quotes it.
        private static int endOfParameter(String element, int start) {
            boolean quoted = false;
            for (int i = start; i < element.length(); i++) {
                char c = element.charAt(i);
                if (c == '"') {
                    quoted = !quoted;
                } else if (c == '\\' && quoted) {
                    i++;
                } else if (c == ';' && !quoted) {
                    return i;
                }
            }
            return element.length();
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
