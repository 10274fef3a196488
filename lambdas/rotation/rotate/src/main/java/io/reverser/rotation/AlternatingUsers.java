package io.reverser.rotation;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Two accounts with the same rights, by turns. Nobody notices anything. Any server. */
record AlternatingUsers(List<String> names) implements LoginChange {

    AlternatingUsers {
        names = List.copyOf(names);
    }

    @Override
    public Login next(Login current) {
        return new Login(other(current.user()), Passwords.next());
    }

    @Override
    public Optional<String> obstacle(Administration server, Account current) {
        if (!names.contains(current.user())) {
            return Optional.of(Wording.notOneOfTwo(current.user(), names));
        }
        var next = new Account(other(current.user()), current.host());
        if (!server.exists(next)) {
            return Optional.of(Wording.noAccount(next));
        }
        SortedSet<String> here = server.rights(current);
        SortedSet<String> there = server.rights(next);
        return here.equals(there)
                ? users(server, new Login(next.user(), ""))
                : Optional.of(Wording.otherRights(current, without(here, there), next, without(there, here)));
    }

    @Override
    public void set(Administration server, Account account, Logins logins) {
        server.setPassword(of(account, logins.newer()), logins.newer().password());
    }

    @Override
    public void undo(Administration server, Account account, Logins logins) {
        server.setPassword(of(account, logins.newer()), Passwords.next());
    }

    /** Nobody knows the password that it gets; the next rotation gives it another. */
    @Override
    public void drop(Administration server, Account account, Logins logins) {
        server.setPassword(of(account, logins.older()), Passwords.next());
    }

    @Override
    public Optional<String> users(Administration server, Login old) {
        int sessions = server.sessions(old.user());
        return sessions == 0 ? Optional.empty() : Optional.of(Wording.stillUsed(old.user(), sessions));
    }

    private String other(String user) {
        if (!names.contains(user)) {
            throw new UnusableSecret(Wording.notOneOfTwo(user, names));
        }
        return names.get(1 - names.indexOf(user));
    }

    private static Account of(Account account, Login login) {
        return new Account(login.user(), account.host());
    }

    private static SortedSet<String> without(SortedSet<String> all, SortedSet<String> some) {
        SortedSet<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }
}
