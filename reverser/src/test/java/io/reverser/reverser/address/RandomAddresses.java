package io.reverser.reverser.address;

import java.util.SplittableRandom;

/** Random addresses for property tests, reproducible from a seed; parts of all zeros or all ones are frequent. */
final class RandomAddresses {

    private final SplittableRandom random;

    RandomAddresses(long seed) {
        random = new SplittableRandom(seed);
    }

    IpAddress next() {
        return random.nextBoolean() ? nextIpv4() : nextIpv6();
    }

    Ipv4Address nextIpv4() {
        return new Ipv4Address((int) parts(4, 8));
    }

    /** A random IPv6 address; one in eight is IPv4-mapped, or becomes IPv4-mapped when reversed. */
    Ipv6Address nextIpv6() {
        return switch (random.nextInt(16)) {
            case 0 -> new Ipv6Address(0, 0xffff_0000_0000L | parts(2, 16));
            case 1 -> new Ipv6Address(parts(2, 16) << 32 | 0xffff_0000L, 0);
            default -> new Ipv6Address(parts(4, 16), parts(4, 16));
        };
    }

    private long parts(int count, int width) {
        long bits = 0;
        for (int i = 0; i < count; i++) {
            bits = bits << width | part(width);
        }
        return bits;
    }

    private long part(int width) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> 0;
            case 3 -> (1L << width) - 1;
            case 4 -> 1L << random.nextInt(width);
            default -> random.nextLong(1L << width);
        };
    }
}
