package io.reverser.rotation;

/**
 * An account of the server.
 *
 * @param host where it may come from, like {@code %}
 */
record Account(String user, String host) {

    @Override
    public String toString() {
        return user + "@" + host;
    }
}
