package io.reverser.reverser.address;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Extracts the address literal from the forms that headers and sockets contain. Removes white space, the quotes of RFC
 * 7239, the brackets of RFC 3986, a port ({@code 203.0.113.7:443}, {@code [2001:db8::7]:443}) and a zone id
 * ({@code fe80::1%eth0}, RFC 4007), which has no meaning outside the machine that wrote it.
 */
final class AddressText {

    /** The maximum length of a text that is parsed; every valid form of an address is shorter. */
    private static final int MAX_LENGTH = 128;

    private static final Pattern PORT = Pattern.compile(":\\d{1,5}");

    private AddressText() {}

    static Optional<String> literalIn(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String bare = unquoted(text.strip());
        if (bare.startsWith("[")) {
            int end = bare.indexOf(']');
            return end < 0
                    ? Optional.empty()
                    : withoutPort(withoutZone(bare.substring(1, end)), bare.substring(end + 1));
        }
        int colon = bare.indexOf(':');
        boolean portFollows = colon >= 0 && colon == bare.lastIndexOf(':');
        return portFollows
                ? withoutPort(bare.substring(0, colon), bare.substring(colon))
                : Optional.of(withoutZone(bare));
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static String withoutZone(String literal) {
        int zone = literal.indexOf('%');
        return zone > 0 && literal.indexOf(':') >= 0 ? literal.substring(0, zone) : literal;
    }

    private static Optional<String> withoutPort(String literal, String port) {
        return port.isEmpty() || PORT.matcher(port).matches() ? Optional.of(literal) : Optional.empty();
    }
}
