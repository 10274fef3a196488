package io.reverser.reverser.visits;

import io.reverser.reverser.address.IpAddress;
import io.reverser.reverser.address.Ipv6Network;
import java.util.Map;
import java.util.SortedMap;

/**
 * Visits that are stored in one transaction.
 *
 * @param sequence the number of the batch, from 1 per writer; the store accepts each number once, so retries after a
 *     lost response are idempotent
 * @param visits the visits by address
 * @param networks the visits of networks from which too many addresses are pending
 */
record Batch(long sequence, SortedMap<IpAddress, Visits> visits, Map<Ipv6Network, Visits> networks) {

    int size() {
        return visits.size() + networks.size();
    }
}
