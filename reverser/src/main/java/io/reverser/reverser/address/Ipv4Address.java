package io.reverser.reverser.address;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Four octets.
 *
 * @param bits the octets in network order, the first in the highest eight bits
 */
public record Ipv4Address(int bits) implements IpAddress {

    private static final int OCTETS = 4;

    /**
     * Parses strict dotted decimal: four numbers of up to 255 without leading zeros, which other parsers read as octal.
     */
    static Optional<IpAddress> parse(String literal) {
        int bits = 0;
        int octets = 0;
        int octet = -1;
        for (int i = 0; i <= literal.length(); i++) {
            char c = i < literal.length() ? literal.charAt(i) : '.';
            if (c == '.') {
                if (octet < 0 || ++octets > OCTETS) {
                    return Optional.empty();
                }
                bits = bits << 8 | octet;
                octet = -1;
            } else {
                int digit = c - '0';
                if (digit < 0 || digit > 9 || octet == 0) {
                    return Optional.empty();
                }
                octet = Math.max(octet, 0) * 10 + digit;
                if (octet > 255) {
                    return Optional.empty();
                }
            }
        }
        return octets == OCTETS ? Optional.of(new Ipv4Address(bits)) : Optional.empty();
    }

    @Override
    public int version() {
        return 4;
    }

    @Override
    public Ipv4Address reversed() {
        return new Ipv4Address(Integer.reverseBytes(bits));
    }

    @Override
    public String arpa() {
        return reversed() + ".in-addr.arpa";
    }

    @Override
    public byte[] bytes() {
        return ByteBuffer.allocate(Integer.BYTES).putInt(bits).array();
    }

    // A record's own equals and hashCode are linked by invokedynamic, which the JIT compiler cannot inline if the call
    // site comes from the AOT cache. Each request calls both.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ipv4Address that && bits == that.bits;
    }

    @Override
    public int hashCode() {
        return bits;
    }

    @Override
    public String toString() {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }
}
