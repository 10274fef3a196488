package io.reverser.cdk;

/** Two places, and what each says about the same thing. */
record Clause(String about, String here, Object says, String there, Object saysThere) {

    /** Nothing, or both sides. */
    String disagreement() {
        return says.equals(saysThere)
                ? ""
                : "%s: %s says %s, but %s says %s".formatted(about, here, says, there, saysThere);
    }

    @Override
    public String toString() {
        return about;
    }
}
