package io.reverser.bench.reconciliation;

/** A difference between what a soak requested from the platform and what the platform did. */
public record Discrepancy(String description, DualTimestamp occurredAt) {

    @Override
    public String toString() {
        return description + ", at " + occurredAt;
    }
}
