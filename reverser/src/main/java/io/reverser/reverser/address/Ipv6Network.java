package io.reverser.reverser.address;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The first 64 bits of an IPv6 address. A provider assigns at least one such network to each customer, whose devices
 * choose the other 64 bits (RFC 7421).
 *
 * @param prefix the 64 bits in network order
 */
public record Ipv6Network(long prefix) {

    /** The network of an IPv6 address; empty for an IPv4 address. */
    public static Optional<Ipv6Network> of(IpAddress address) {
        return address instanceof Ipv6Address ipv6 ? Optional.of(new Ipv6Network(ipv6.high())) : Optional.empty();
    }

    /** The eight bytes of the prefix in network order. */
    public byte[] bytes() {
        return ByteBuffer.allocate(Long.BYTES).putLong(prefix).array();
    }

    @Override
    public int hashCode() {
        return new Ipv6Address(prefix, 0).hashCode();
    }

    @Override
    public String toString() {
        return new Ipv6Address(prefix, 0) + "/64";
    }
}
