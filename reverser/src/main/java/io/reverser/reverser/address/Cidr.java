package io.reverser.reverser.address;

import java.util.Optional;

/**
 * A range of addresses, as in {@code 10.0.0.0/16} (RFC 4632) or {@code fd00::/8} (RFC 4291).
 *
 * @param network the first address of the range
 * @param prefixLength the number of leading bits that all its addresses share
 */
public record Cidr(IpAddress network, int prefixLength) {

    public Cidr {
        if (prefixLength < 0 || prefixLength > width(network)) {
            throw new IllegalArgumentException("The prefix length of an IPv" + network.version() + " range is 0 to "
                    + width(network) + ", not " + prefixLength);
        }
        IpAddress first = masked(network, prefixLength);
        if (!first.equals(network)) {
            throw new IllegalArgumentException(network + "/" + prefixLength
                    + " does not start at a boundary; did you mean " + first + "/" + prefixLength + "?");
        }
    }

    /**
     * Reads {@code address/prefix length}.
     *
     * @throws IllegalArgumentException with a message that says what is wrong and what would be right
     */
    public static Cidr of(String text) {
        int slash = text.indexOf('/');
        Optional<IpAddress> network = IpAddress.parse(slash < 0 ? "" : text.substring(0, slash));
        if (network.isEmpty() || !text.substring(slash + 1).matches("\\d{1,3}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an address range; write it like 10.0.0.0/16 or fd00::/8");
        }
        return new Cidr(network.get(), Integer.parseInt(text.substring(slash + 1)));
    }

    public boolean contains(IpAddress address) {
        return address.version() == network.version()
                && masked(address, prefixLength).equals(network);
    }

    @Override
    public String toString() {
        return network + "/" + prefixLength;
    }

    private static int width(IpAddress address) {
        return address.version() == 4 ? 32 : 128;
    }

    private static IpAddress masked(IpAddress address, int prefixLength) {
        return switch (address) {
            case Ipv4Address(int bits) -> new Ipv4Address((int) (bits & mask(prefixLength + 32)));
            case Ipv6Address(long high, long low) ->
                new Ipv6Address(high & mask(Math.min(prefixLength, 64)), low & mask(Math.max(prefixLength - 64, 0)));
        };
    }

    /** A mask in which the highest {@code ones} of 64 bits are set. */
    private static long mask(int ones) {
        return ones == 0 ? 0 : -1L << (64 - ones);
    }
}
