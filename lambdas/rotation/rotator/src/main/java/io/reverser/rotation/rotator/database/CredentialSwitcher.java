package io.reverser.rotation.rotator.database;

import io.reverser.rotation.rotator.database.CredentialStrategy.CredentialPair;
import io.reverser.rotation.rotator.secret.DatabaseSecret;
import io.reverser.rotation.rotator.secret.MySqlCredentials;
import io.reverser.rotation.rotator.secret.StepFailedException;
import io.reverser.rotation.rotator.text.RotationText;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Exchanges logins in the database, one at a time, and believes nothing that it has not tried. */
public final class CredentialSwitcher {

    private static final int MAX_ATTEMPTS = 5;
    private static final Duration RETRY_DELAY = Duration.ofMillis(500);

    private final Database database;
    private final CredentialStrategy strategy;
    private final Supplier<MySqlCredentials> administrator;
    private final Optional<String> reader;

    /**
     * Nothing is connected yet.
     *
     * @param administrator reads the administrator's login, each time, because it changes as well
     * @param reader host of a server that follows the writer
     */
    public CredentialSwitcher(
            Database database,
            CredentialStrategy strategy,
            Supplier<MySqlCredentials> administrator,
            Optional<String> reader) {
        this.database = database;
        this.strategy = strategy;
        this.administrator = administrator;
        this.reader = reader;
    }

    /** The same secret with the login after this one. */
    public DatabaseSecret generateNext(DatabaseSecret current) {
        return current.withCredentials(strategy.generateNext(current.credentials()));
    }

    /** Whether the writer lets it in. */
    public boolean canLogIn(DatabaseSecret secret) {
        return database.canLogIn(secret);
    }

    /** Why it cannot be exchanged now, in words; nothing when it can. */
    public Optional<String> findUnmetPrecondition(DatabaseSecret current) {
        if (!database.canLogIn(current)) {
            return Optional.of(RotationText.loginFailed(current.credentials().user()));
        }
        try (AdminSession session = openAdminSession(current)) {
            return strategy.findUnmetPrecondition(session, database.findAccount(current));
        }
    }

    /**
     * Activates the new login.
     *
     * @param recheck runs under the admin lock, and throws when the secret's versions have changed meanwhile
     */
    public void activate(DatabaseSecret current, DatabaseSecret pending, Runnable recheck) {
        try (AdminSession session = openAdminSession(current)) {
            recheck.run();
            if (!database.canLogIn(current)) {
                throw new StepFailedException(
                        RotationText.loginFailed(current.credentials().user()));
            }
            strategy.activate(session, database.findAccount(current), pair(current, pending));
        }
    }

    /** Whether every server lets it in; a reader may take a moment to hear of it. */
    public void testOnAllServers(DatabaseSecret secret) {
        if (!database.canLogIn(secret)) {
            throw new StepFailedException(
                    RotationText.loginFailed(secret.credentials().user()));
        }
        reader.ifPresent(host -> {
            for (int attempt = 1; !database.canLogIn(host, secret.database(), secret.credentials()); attempt++) {
                if (attempt == MAX_ATTEMPTS) {
                    throw new StepFailedException(
                            RotationText.readerLoginFailed(secret.credentials().user()));
                }
                pause();
            }
        });
    }

    /** Runs an action under the admin lock, so that no other step or reconciliation changes logins meanwhile. */
    public void withAdminLock(DatabaseSecret at, Runnable action) {
        try (var _ = openAdminSession(at)) {
            action.run();
        }
    }

    /**
     * The older login is let in, and the newer one is not.
     *
     * @param recheck as for {@link #activate}
     */
    public void rollBack(DatabaseSecret older, DatabaseSecret newer, Runnable recheck) {
        try (AdminSession session = openAdminSession(older)) {
            recheck.run();
            MySqlAccount account = database.findAccount(database.canLogIn(older) ? older : newer);
            strategy.rollBack(session, account, pair(older, newer));
            verifyLogins(older, newer);
        }
    }

    /**
     * The sessions that still use the older login, in words; empty when there are none, or the strategy cannot tell.
     */
    public Optional<String> findActiveSessions(DatabaseSecret older) {
        try (AdminSession session = openAdminSession(older)) {
            return strategy.findActiveSessions(session, older.credentials());
        }
    }

    /**
     * The older login is not let in any more.
     *
     * @param recheck as for {@link #activate}
     */
    public void deactivateOld(DatabaseSecret older, DatabaseSecret newer, Runnable recheck) {
        try (AdminSession session = openAdminSession(newer)) {
            recheck.run();
            if (!database.canLogIn(newer)) {
                throw new StepFailedException(
                        RotationText.loginFailed(newer.credentials().user()));
            }
            MySqlAccount account = database.findAccount(newer);
            strategy.deactivateOld(session, account, pair(older, newer));
            if (!database.canLogIn(newer)) {
                session.setPassword(account, newer.credentials().password());
            }
            verifyLogins(newer, older);
        }
    }

    private void verifyLogins(DatabaseSecret valid, DatabaseSecret revoked) {
        if (!database.canLogIn(valid)) {
            throw new StepFailedException(
                    RotationText.loginFailed(valid.credentials().user()));
        }
        if (database.canLogIn(revoked)) {
            throw new StepFailedException(
                    RotationText.oldLoginStillValid(revoked.credentials().user()));
        }
    }

    private AdminSession openAdminSession(DatabaseSecret secret) {
        return database.openAdminSession(secret, administrator.get());
    }

    private static CredentialPair pair(DatabaseSecret older, DatabaseSecret newer) {
        return new CredentialPair(older.credentials(), newer.credentials());
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_DELAY);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
