package io.reverser.cdk;

/** Two places that must have the same value. */
record ContractClause(String about, String firstPlace, Object firstValue, String secondPlace, Object secondValue) {

    /** Empty if the values are equal; otherwise both. */
    String mismatch() {
        return firstValue.equals(secondValue)
                ? ""
                : "%s: %s says %s, but %s says %s".formatted(about, firstPlace, firstValue, secondPlace, secondValue);
    }

    @Override
    public String toString() {
        return about;
    }
}
