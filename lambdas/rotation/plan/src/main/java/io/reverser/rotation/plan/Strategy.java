package io.reverser.rotation.plan;

import java.util.Locale;

/** How the rotation changes a password that pods are using. */
public enum Strategy {

    /** One account, which has two passwords during a rotation: needs MySQL 8.0.14 or later, or Aurora MySQL 3. */
    DUAL_PASSWORD,

    /** Two accounts, used in turn; works on any MySQL or MariaDB server. */
    ALTERNATING_USERS,

    /** One account with one password: during a rotation, pods with the old password cannot open new connections. */
    SINGLE_USER;

    /** The name of the strategy in the settings. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Strategy of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
