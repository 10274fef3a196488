package io.reverser.rotation.plan;

import java.util.Locale;

/** How the rotation changes a password that pods are using. */
public enum Strategy {

    /** One account with two passwords for a while: MySQL from 8.0.14, Aurora MySQL from 3. */
    DUAL_PASSWORD,

    /** Two accounts that take turns; works on any server. */
    ALTERNATING_USERS,

    /** One account with one password: pods with the old one cannot open new connections. */
    SINGLE_USER;

    /** The name of the strategy in the settings. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Strategy of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
