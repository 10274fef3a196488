package io.reverser.bench.account;

/** Something that should be there and is not, or that is there and should not be. */
public record Loss(String what, Moment when) {

    @Override
    public String toString() {
        return what + ", at " + when;
    }
}
