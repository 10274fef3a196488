package io.reverser.reverser.caller;

import java.util.Optional;

/** The header in which proxies record the address of their client. Each proxy appends one element at the right end. */
public enum ForwardingHeader {
    /** Each element is an address, as AWS load balancers append it. */
    X_FORWARDED_FOR("X-Forwarded-For") {
        @Override
        Optional<String> node(String element) {
            return Optional.of(element);
        }
    },
    /** Each element has parameters, with the address in {@code for=} (RFC 7239). */
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

        // A semicolon in quotes is no separator: a proxy quotes the value of the parameter host, which the client
        // chooses.
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

    /** The part of an element that names the proxy's client, not yet validated as an address. */
    abstract Optional<String> node(String element);
}
