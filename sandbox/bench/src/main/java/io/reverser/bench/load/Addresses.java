package io.reverser.bench.load;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The callers that the load generator simulates, in order and repeatedly: addresses in the range that is reserved for
 * benchmarks (RFC 2544, 198.18.0.0/15).
 */
public record Addresses(int size) {

    private static final int FIRST_ADDRESS = 198 << 24 | 18 << 16;
    private static final int RANGE_SIZE = 1 << 17;

    public Addresses {
        if (size < 1 || size > RANGE_SIZE) {
            throw new IllegalArgumentException("The range has " + RANGE_SIZE + " addresses, not " + size);
        }
    }

    public String get(int index) {
        int address = FIRST_ADDRESS + index;
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }

    public List<String> all() {
        return IntStream.range(0, size).mapToObj(this::get).toList();
    }

    /** How many requests each address sends, when the load generator sends the given number in total. */
    public SortedMap<String, Long> expectedVisits(long requests) {
        var visits = new TreeMap<String, Long>();
        for (int i = 0; i < Math.min(size, requests); i++) {
            visits.put(get(i), requests / size + (i < requests % size ? 1 : 0));
        }
        return visits;
    }
}
