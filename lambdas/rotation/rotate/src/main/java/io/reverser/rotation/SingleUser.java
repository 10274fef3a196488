package io.reverser.rotation;

import java.util.Optional;

/**
 * One account with one password: whoever still has the old one is not let in again until it has the new one. Only for
 * servers and accounts with which nothing better can be done.
 */
record SingleUser() implements LoginChange {

    @Override
    public Login next(Login current) {
        return new Login(current.user(), Passwords.next());
    }

    @Override
    public Optional<String> obstacle(Administration server, Account current) {
        return server.exists(current) ? Optional.empty() : Optional.of(Wording.noAccount(current));
    }

    @Override
    public void set(Administration server, Account account, Logins logins) {
        server.setPassword(account, logins.newer().password());
    }

    @Override
    public void undo(Administration server, Account account, Logins logins) {
        server.setPassword(account, logins.older().password());
    }

    @Override
    public void drop(Administration server, Account account, Logins logins) {
        // There is no old password any more.
    }

    @Override
    public Optional<String> users(Administration server, Login old) {
        return Optional.empty();
    }
}
