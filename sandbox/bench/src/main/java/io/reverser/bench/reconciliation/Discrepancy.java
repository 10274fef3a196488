package io.reverser.bench.reconciliation;

/** Something that should be there and is not, or that is there and should not be. */
public record Discrepancy(String description, DualTimestamp occurredAt) {

    @Override
    public String toString() {
        return description + ", at " + occurredAt;
    }
}
