package io.reverser.reverser.visits;

import io.reverser.reverser.address.Ipv6Network;
import java.util.Optional;

/**
 * The visits of a caller.
 *
 * @param visits the visits of the caller's address, or of several addresses of its network
 * @param network the network that the visits are counted for; empty if they are counted for the address
 */
public record CallerVisits(Visits visits, Optional<Ipv6Network> network) {

    static CallerVisits ofAddress(Visits visits) {
        return new CallerVisits(visits, Optional.empty());
    }
}
