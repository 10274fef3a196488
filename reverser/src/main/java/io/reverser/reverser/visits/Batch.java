package io.reverser.reverser.visits;

import io.reverser.reverser.address.IpAddress;
import java.util.SortedMap;

/**
 * Visits that are stored in one transaction.
 *
 * @param sequence the number of the batch, from 1 per writer; the store accepts each number once, so retries after a
 *     lost response are idempotent
 * @param visits the visits by address, sorted so that all writers lock rows in the same order and cannot deadlock
 */
record Batch(long sequence, SortedMap<IpAddress, Visits> visits) {}
