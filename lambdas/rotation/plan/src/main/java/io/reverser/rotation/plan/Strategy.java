package io.reverser.rotation.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a password changes while pods use it. */
public enum Strategy {

    /** One account with two passwords for a while: MySQL from 8.0.14, Aurora MySQL from 3. */
    DUAL_PASSWORD,

    /** Two accounts in turn, on any server. */
    ALTERNATING_USERS,

    /** One account with one password: pods with the old one cannot open new connections. */
    SINGLE_USER;

    /** As in the settings. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Strategy> of(String text) {
        return Arrays.stream(values())
                .filter(strategy -> strategy.text().equals(text))
                .findFirst();
    }
}
