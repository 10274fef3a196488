package io.reverser.cdk.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A range of IPv4 addresses in CIDR notation.
 *
 * @param address the address before the slash
 * @param prefix the number of bits that all addresses of the range have in common
 */
record Ipv4Range(long address, int prefix) {

    private static final Pattern CIDR = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");
    private static final int BITS = 32;

    /** Parses a text like {@code 10.0.0.0/16}; empty if it has another form. */
    static Optional<Ipv4Range> parse(String cidr) {
        Matcher parts = CIDR.matcher(cidr);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long address = 0;
        for (int octet = 1; octet <= 4; octet++) {
            address = address * 256 + Integer.parseInt(parts.group(octet));
        }
        return Optional.of(new Ipv4Range(address, Integer.parseInt(parts.group(5))));
    }

    /** The same range, beginning with its first address: AWS changes other ranges, or refuses them. */
    Ipv4Range canonical() {
        long size = 1L << (BITS - prefix);
        return new Ipv4Range(address / size * size, prefix);
    }

    boolean overlaps(Ipv4Range other) {
        return prefix < other.prefix ? contains(other) : other.contains(this);
    }

    boolean contains(Ipv4Range other) {
        return prefix <= other.prefix && address >> (BITS - prefix) == other.address >> (BITS - prefix);
    }

    @Override
    public String toString() {
        return "%d.%d.%d.%d/%d"
                .formatted(address >> 24, address >> 16 & 255, address >> 8 & 255, address & 255, prefix);
    }
}
