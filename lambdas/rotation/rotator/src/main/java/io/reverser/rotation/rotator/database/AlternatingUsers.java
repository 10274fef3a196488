package io.reverser.rotation.rotator.database;

import io.reverser.rotation.rotator.secret.InvalidSecretException;
import io.reverser.rotation.rotator.secret.MySqlCredentials;
import io.reverser.rotation.rotator.text.RotationText;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Two accounts with the same grants, used in turn. No pod is refused a login. Works with any server. */
record AlternatingUsers(List<String> users) implements CredentialStrategy {

    AlternatingUsers {
        users = List.copyOf(users);
    }

    @Override
    public MySqlCredentials generateNext(MySqlCredentials current) {
        return new MySqlCredentials(otherUser(current.user()), PasswordGenerator.generate());
    }

    @Override
    public Optional<String> findUnmetPrecondition(AdminSession session, MySqlAccount current) {
        if (!users.contains(current.user())) {
            return Optional.of("the secret " + RotationText.unknownUser(current.user(), users));
        }
        var next = new MySqlAccount(otherUser(current.user()), current.host());
        if (!session.exists(next)) {
            return Optional.of(RotationText.accountMissing(next.toString()));
        }
        SortedSet<String> currentGrants = session.findGrants(current);
        SortedSet<String> nextGrants = session.findGrants(next);
        return currentGrants.equals(nextGrants)
                ? findActiveSessions(session, new MySqlCredentials(next.user(), ""))
                : Optional.of(RotationText.grantsDiffer(
                        current.toString(),
                        difference(currentGrants, nextGrants),
                        next.toString(),
                        difference(nextGrants, currentGrants)));
    }

    @Override
    public void activate(AdminSession session, MySqlAccount account, CredentialPair pair) {
        session.setPassword(accountOf(account, pair.newer()), pair.newer().password());
    }

    @Override
    public void rollBack(AdminSession session, MySqlAccount account, CredentialPair pair) {
        session.setPassword(accountOf(account, pair.newer()), PasswordGenerator.generate());
    }

    /**
     * Sets a random password for the old account. The password is not stored, because the next rotation sets another
     * one.
     */
    @Override
    public void deactivateOld(AdminSession session, MySqlAccount account, CredentialPair pair) {
        session.setPassword(accountOf(account, pair.older()), PasswordGenerator.generate());
    }

    @Override
    public Optional<String> findActiveSessions(AdminSession session, MySqlCredentials old) {
        int sessions = session.countSessions(old.user());
        return sessions == 0 ? Optional.empty() : Optional.of(RotationText.sessionsRemain(old.user(), sessions));
    }

    private String otherUser(String user) {
        if (!users.contains(user)) {
            throw new InvalidSecretException(RotationText.unknownUser(user, users));
        }
        return users.get(1 - users.indexOf(user));
    }

    private static MySqlAccount accountOf(MySqlAccount account, MySqlCredentials credentials) {
        return new MySqlAccount(credentials.user(), account.host());
    }

    private static SortedSet<String> difference(SortedSet<String> all, SortedSet<String> some) {
        SortedSet<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }
}
