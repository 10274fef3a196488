package io.reverser.reverser.visits;

import io.reverser.reverser.address.IpAddress;
import java.util.SortedMap;

/**
 * Visits that are stored together or not at all.
 *
 * @param sequence counts the batches of one writer from 1; the store takes each number once, so a batch whose answer
 *     was lost can be sent again
 * @param visits by address; sorted, so that all writers lock rows in the same order
 */
record Batch(long sequence, SortedMap<IpAddress, Visits> visits) {}
