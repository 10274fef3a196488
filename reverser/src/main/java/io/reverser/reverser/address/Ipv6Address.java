package io.reverser.reverser.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Eight groups of 16 bits.
 *
 * <p>An instance whose bits look IPv4-mapped can only be the reverse of another address, because parsing turns mapped
 * text into an {@link Ipv4Address}. Such an instance stays IPv6 and prints as IPv6, so that reversing it again gives
 * the original address.
 *
 * @param high the first four groups in network order
 * @param low the last four groups in network order
 */
public record Ipv6Address(long high, long low) implements IpAddress {

    private static final int GROUPS = 8;

    /** Random, so that a caller who owns 2^64 addresses cannot choose addresses with the same hash (hash flooding). */
    private static final long HASH_SEED = new SplittableRandom().nextLong() | 1;

    static Optional<IpAddress> parse(String literal) {
        try {
            InetAddress address = InetAddress.ofLiteral(literal);
            var bytes = ByteBuffer.wrap(address.getAddress());
            return Optional.of(
                    address instanceof Inet4Address
                            ? new Ipv4Address(bytes.getInt())
                            : new Ipv6Address(bytes.getLong(), bytes.getLong()));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    @Override
    public int version() {
        return 6;
    }

    @Override
    public Ipv6Address reversed() {
        return new Ipv6Address(reverseGroups(low), reverseGroups(high));
    }

    @Override
    public String arpa() {
        var name = new StringBuilder(72);
        for (int nibble = 0; nibble < 32; nibble++) {
            long half = nibble < 16 ? low : high;
            name.append(HexFormat.of().toHexDigits(half >>> (4 * (nibble % 16)), 1))
                    .append('.');
        }
        return name.append("ip6.arpa").toString();
    }

    @Override
    public byte[] bytes() {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
    }

    /**
     * The text according to RFC 5952: lower case, no leading zeros, the first longest run of two or more zero groups as
     * {@code ::}.
     */
    @Override
    public String toString() {
        int runStart = GROUPS;
        int runLength = 1;
        for (int start = 0; start < GROUPS; start++) {
            int end = start;
            while (end < GROUPS && group(end) == 0) {
                end++;
            }
            if (end - start > runLength) {
                runStart = start;
                runLength = end - start;
            }
        }
        var text = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == runStart) {
                text.append("::");
                i += runLength - 1;
            } else {
                text.append(i == 0 || i == runStart + runLength ? "" : ":").append(Integer.toHexString(group(i)));
            }
        }
        return text.toString();
    }

    // As in Ipv4Address, without invokedynamic.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ipv6Address that && high == that.high && low == that.low;
    }

    @Override
    public int hashCode() {
        return (int) (((high * HASH_SEED + low) * HASH_SEED) >>> 32);
    }

    private int group(int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> (16 * (3 - index % 4))) & 0xffff;
    }

    private static long reverseGroups(long groups) {
        return (groups << 48) | ((groups & 0xffff_0000L) << 16) | ((groups >>> 16) & 0xffff_0000L) | (groups >>> 48);
    }
}
