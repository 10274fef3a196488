package io.reverser.rotation.rotator.secret;

/** A MySQL user and password. */
public record MySqlCredentials(String user, String password) {

    @Override
    public String toString() {
        return "MySqlCredentials[" + user + "]";
    }
}
