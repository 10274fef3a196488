package io.reverser.rotation;

/** What somebody logs in with. */
record Login(String user, String password) {

    @Override
    public String toString() {
        return "Login[" + user + "]";
    }
}
