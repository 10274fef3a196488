package io.reverser.reverser.caller;

import io.reverser.reverser.address.Cidr;
import io.reverser.reverser.address.IpAddress;
import java.util.List;
import java.util.Optional;

/**
 * Finds the caller behind trusted proxies.
 *
 * <p>Any client can send a forwarding header; only its right end, which trusted proxies append, is reliable. The
 * walk starts at the socket's peer and continues to the left through the header as long as the current address
 * belongs to a trusted proxy, because a trusted proxy vouches for the element to its left. The first address that is
 * not a trusted proxy is the caller, and nothing to the left of it is read.
 *
 * @param trusted the addresses of the trusted proxies
 * @param header the one header that these proxies append to; a client can forge any other
 * @param edgeProxies the number of proxies with unknown addresses in front of the trusted ones
 */
public record ProxyChain(List<Cidr> trusted, ForwardingHeader header, int edgeProxies) {

    /** The maximum number of proxies to skip, which bounds the work per request; no real chain is longer. */
    private static final int MAX_HOPS = 32;

    public ProxyChain {
        if (edgeProxies < 0) {
            throw new IllegalArgumentException("reverser.caller.edge-proxies must be 0 or more");
        }
        trusted = List.copyOf(trusted);
    }

    /**
     * The caller of a request.
     *
     * @param peer the other end of the connection
     * @param lines the values of all lines of the forwarding header, in the order received
     * @return the first address from the right that is neither a trusted nor an edge proxy; if an element is not an
     *     address, the last proxy before it
     */
    public IpAddress caller(IpAddress peer, List<String> lines) {
        IpAddress caller = peer;
        int edgesLeft = isTrusted(peer) ? edgeProxies : 0;
        var elements = new ElementsFromTheRight(lines);
        for (int hop = 0; hop < MAX_HOPS; hop++) {
            if (!isTrusted(caller) && --edgesLeft < 0) {
                return caller;
            }
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
