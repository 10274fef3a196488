package io.reverser.bench.reconciliation;

/** A difference between what was requested and what was done. */
public record Discrepancy(String description, DualTimestamp occurredAt) {

    @Override
    public String toString() {
        return description + ", at " + occurredAt;
    }
}
