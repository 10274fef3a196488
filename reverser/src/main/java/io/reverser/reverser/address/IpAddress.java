package io.reverser.reverser.address;

import java.util.Optional;

/** An IPv4 or IPv6 address. {@code toString} is its canonical text: dotted decimal, or RFC 5952 for IPv6. */
public sealed interface IpAddress extends Comparable<IpAddress> permits Ipv4Address, Ipv6Address {

    /** The IP version: 4 or 6. */
    int version();

    /** The address with its parts in reverse order: four octets, or eight 16-bit groups. */
    IpAddress reversed();

    /**
     * The name of this address's pointer record, under {@code in-addr.arpa} (RFC 1035) or {@code ip6.arpa} (RFC 3596).
     */
    String arpa();

    /** The address's four or sixteen bytes in network order. */
    byte[] bytes();

    /**
     * Parses an address in the forms that sockets and proxies write; {@link AddressText} lists them. An IPv4-mapped
     * IPv6 address ({@code ::ffff:203.0.113.7}) is parsed as the IPv4 address in it. Host names are never resolved.
     *
     * @return empty if the text is not an address
     */
    static Optional<IpAddress> parse(String text) {
        return AddressText.literalIn(text)
                .flatMap(literal -> literal.indexOf(':') < 0 ? Ipv4Address.parse(literal) : Ipv6Address.parse(literal));
    }

    /** Orders IPv4 addresses before IPv6 addresses, and each kind by value. */
    @Override
    default int compareTo(IpAddress other) {
        return switch (this) {
            case Ipv4Address(int bits) ->
                other instanceof Ipv4Address that ? Integer.compareUnsigned(bits, that.bits()) : -1;
            case Ipv6Address(long high, long low) ->
                other instanceof Ipv6Address that
                        ? high == that.high()
                                ? Long.compareUnsigned(low, that.low())
                                : Long.compareUnsigned(high, that.high())
                        : 1;
        };
    }
}
