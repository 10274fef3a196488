package io.reverser.cdk;

/** Two places that must have the same value. */
record ContractClause(String about, String firstPlace, Object firstValue, String secondPlace, Object secondValue) {

    /** Describes the two values and their places; empty if the values are equal. */
    String mismatch() {
        return firstValue.equals(secondValue)
                ? ""
                : "%1$s: %3$s in %2$s, but %5$s in %4$s"
                        .formatted(about, firstPlace, firstValue, secondPlace, secondValue);
    }

    @Override
    public String toString() {
        return about;
    }
}
