package io.reverser.rotation;

import java.util.Optional;
import java.util.Set;

/** One account with two passwords for a while. Nobody notices anything. MySQL only. */
record DualPassword() implements LoginChange {

    /** Those that keep passwords in the server itself. */
    private static final Set<String> PLUGINS =
            Set.of("mysql_native_password", "sha256_password", "caching_sha2_password");

    @Override
    public Login next(Login current) {
        return new Login(current.user(), Passwords.next());
    }

    @Override
    public Optional<String> obstacle(Administration server, Account current) {
        if (!server.knowsTwoPasswords()) {
            return Optional.of(Wording.oneOnly(server.version()));
        }
        String plugin = server.plugin(current);
        return PLUGINS.contains(plugin) ? Optional.empty() : Optional.of(Wording.foreignPlugin(current, plugin));
    }

    /**
     * The server keeps two passwords and not three, and {@code RETAIN} keeps the first of them. So where there is a second
     * one, left by something that was cut off, the current one is made the first for certain before.
     */
    @Override
    public void set(Administration server, Account account, Logins logins) {
        if (server.hasSecondPassword(account)) {
            undo(server, account, logins);
        }
        server.addPassword(account, logins.newer().password());
    }

    @Override
    public void undo(Administration server, Account account, Logins logins) {
        server.setPassword(account, logins.older().password());
        server.dropSecondPassword(account);
    }

    @Override
    public void drop(Administration server, Account account, Logins logins) {
        server.dropSecondPassword(account);
    }

    @Override
    public Optional<String> users(Administration server, Login old) {
        return Optional.empty();
    }
}
