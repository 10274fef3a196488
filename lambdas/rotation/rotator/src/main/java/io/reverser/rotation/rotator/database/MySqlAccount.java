package io.reverser.rotation.rotator.database;

/**
 * An account of the server.
 *
 * @param host where it may come from, like {@code %}
 */
public record MySqlAccount(String user, String host) {

    @Override
    public String toString() {
        return user + "@" + host;
    }
}
