package io.reverser.cdk.settings;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules for ranges of IPv4 addresses. */
final class AddressRules {

    /** RFC 1918 and RFC 6598. */
    private static final List<Ipv4Range> PRIVATE =
            parse("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16");
    /** Ranges of RFC 6890 from which nobody connects over the Internet. */
    private static final List<Ipv4Range> RESERVED =
            parse("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "198.18.0.0/15", "224.0.0.0/3");

    private AddressRules() {}

    static void check(ConfigSection settings) {
        ConfigSection network = settings.section("network").section("cidr");
        checkCanonical(network)
                .filter(range -> PRIVATE.stream().noneMatch(block -> block.contains(range)))
                .ifPresent(_ -> network.reject("", "a private range, within one of " + join(PRIVATE)));
        Stream.of("cluster", "argocd")
                .flatMap(section -> settings.section(section).entries("allowed_cidrs").stream())
                .forEach(AddressRules::checkPublic);
    }

    /** EKS accepts only public addresses for its endpoint, and others do not reach a load balancer from the Internet. */
    private static void checkPublic(ConfigSection allowed) {
        checkCanonical(allowed)
                .flatMap(range -> Stream.of(PRIVATE, RESERVED)
                        .flatMap(List::stream)
                        .filter(range::overlaps)
                        .findFirst())
                .ifPresent(block -> allowed.reject("", "public addresses; " + block + " is private or reserved"));
    }

    private static Optional<Ipv4Range> checkCanonical(ConfigSection cidr) {
        Optional<Ipv4Range> range = Ipv4Range.parse(cidr.node().asText());
        range.filter(given -> !given.equals(given.canonical()))
                .ifPresent(given -> cidr.reject("", "the first address of the range, " + given.canonical()));
        return range.map(Ipv4Range::canonical);
    }

    private static List<Ipv4Range> parse(String... blocks) {
        return Stream.of(blocks).map(Ipv4Range::parse).flatMap(Optional::stream).toList();
    }

    private static String join(List<Ipv4Range> blocks) {
        return String.join(", ", blocks.stream().map(Ipv4Range::toString).toList());
    }
}
