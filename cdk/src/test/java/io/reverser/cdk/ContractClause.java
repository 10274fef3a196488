package io.reverser.cdk;

/** Two places, and what each says about the same thing. */
record ContractClause(String about, String firstPlace, Object firstValue, String secondPlace, Object secondValue) {

    /** Nothing, or both sides. */
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
