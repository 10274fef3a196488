package io.reverser.rotation.rotator.database;

/**
 * An account of a MySQL server.
 *
 * @param host the host from which the account may connect, like {@code %}
 */
public record MySqlAccount(String user, String host) {

    @Override
    public String toString() {
        return user + "@" + host;
    }
}
