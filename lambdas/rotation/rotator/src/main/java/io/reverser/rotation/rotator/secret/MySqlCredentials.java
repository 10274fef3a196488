package io.reverser.rotation.rotator.secret;

/** What somebody logs in with. */
public record MySqlCredentials(String user, String password) {

    @Override
    public String toString() {
        return "MySqlCredentials[" + user + "]";
    }
}
