package io.reverser.reverser.address;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The scope of an address according to the IANA special-purpose address registries (RFC 6890). */
public enum Scope {
    LOOPBACK("127.0.0.0/8", "::1/128"),
    PRIVATE("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"),
    /** Carrier-grade NAT (RFC 6598). */
    SHARED("100.64.0.0/10"),
    LINK_LOCAL("169.254.0.0/16", "fe80::/10"),
    DOCUMENTATION("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"),
    MULTICAST("224.0.0.0/4", "ff00::/8"),
    /** Reserved for protocols and benchmarks (192.0.0.0/24, 198.18.0.0/15 and newer IPv6 ranges), or never assigned to a
     * host. */
    RESERVED(
            "0.0.0.0/8",
            "192.0.0.0/24",
            "198.18.0.0/15",
            "240.0.0.0/4",
            "::/128",
            "64:ff9b:1::/48",
            "100::/63",
            "2001:2::/48",
            "5f00::/16"),
    /** All other addresses, which are reachable from the whole internet. */
    PUBLIC;

    @SuppressWarnings("ImmutableEnumChecker") // Stream.toList returns an unmodifiable list.
    private final List<Cidr> ranges;

    Scope(String... ranges) {
        this.ranges = Arrays.stream(ranges).map(Cidr::of).toList();
    }

    public static Scope of(IpAddress address) {
        for (Scope scope : values()) {
            for (Cidr range : scope.ranges) {
                if (range.contains(address)) {
                    return scope;
                }
            }
        }
        return PUBLIC;
    }

    /** The scope's name in JSON, like {@code public} or {@code link_local}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
