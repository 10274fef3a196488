package io.reverser.reverser.caller;

import io.reverser.reverser.address.Cidr;
import io.reverser.reverser.address.IpAddress;
import java.util.List;
import java.util.Optional;

/**
 * Finds the caller behind trusted proxies.
 *
 * <p>Any client can send a forwarding header; only its right end, appended by our own proxies, can be believed. So the
 * walk starts at the socket's peer and goes leftwards through the header for as long as the address at hand belongs to
 * a trusted proxy, which vouches for the element to its left. The first address that is not a trusted proxy is the
 * caller, and nothing to the left of it is read.
 *
 * @param trusted the addresses of the proxies that we run
 * @param header the one header that these proxies append to; every other is the client's invention
 */
public record ProxyChain(List<Cidr> trusted, ForwardingHeader header) {

    /** More proxies than any real chain has; bounds the work that one request can cause. */
    private static final int MAX_HOPS = 32;

    public ProxyChain {
        trusted = List.copyOf(trusted);
    }

    /**
     * The caller of a request.
     *
     * @param peer the other end of the connection
     * @param lines the values of all header lines of that name, in the order received
     * @return the first untrusted address from the right; where the chain breaks off in something that is no address,
     *     the last address that was vouched for
     */
    public IpAddress caller(IpAddress peer, List<String> lines) {
        IpAddress caller = peer;
        var elements = new ElementsFromTheRight(lines);
        for (int hop = 0; hop < MAX_HOPS && isTrusted(caller); hop++) {
            Optional<IpAddress> next = elements.next().flatMap(header::node).flatMap(IpAddress::parse);
            if (next.isEmpty()) {
                return caller;
            }
            caller = next.get();
        }
        return caller;
    }

    private boolean isTrusted(IpAddress address) {
        for (Cidr range : trusted) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
