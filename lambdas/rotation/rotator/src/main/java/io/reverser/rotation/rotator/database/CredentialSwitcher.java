package io.reverser.rotation.rotator.database;

import io.reverser.rotation.rotator.database.CredentialStrategy.CredentialPair;
import io.reverser.rotation.rotator.secret.DatabaseSecret;
import io.reverser.rotation.rotator.secret.MySqlCredentials;
import io.reverser.rotation.rotator.secret.StepFailedException;
import io.reverser.rotation.rotator.text.RotationText;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Switches logins in the database, one switch at a time, and verifies each by logging in. */
public final class CredentialSwitcher {

    private static final int MAX_ATTEMPTS = 5;
    private static final Duration RETRY_DELAY = Duration.ofMillis(500);

    private final Database database;
    private final CredentialStrategy strategy;
    private final Supplier<MySqlCredentials> administrator;
    private final Optional<String> reader;

    /**
     * Connections are opened later, when a method needs one.
     *
     * @param administrator reads the administrator's login for each session, because that login is rotated as well
     * @param reader host of a replica of the writer, if there is one
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

    public DatabaseSecret generateNext(DatabaseSecret current) {
        return current.withCredentials(strategy.generateNext(current.credentials()));
    }

    /** Whether the writer accepts the login in the secret. */
    public boolean canLogIn(DatabaseSecret secret) {
        return database.canLogIn(secret);
    }

    /** Why the login cannot be switched, in words; empty when it can. */
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
     * @param recheck runs under the admin lock, and throws when the versions of the secret have changed in the meantime
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

    /** Verifies that the writer and the reader accept the login in the secret; the reader may lag behind. */
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

    /** Runs an action under the admin lock, so that no other step or reconciliation changes logins at the same time. */
    public void withAdminLock(DatabaseSecret at, Runnable action) {
        try (var _ = openAdminSession(at)) {
            action.run();
        }
    }

    /**
     * Makes the older login valid, and revokes the newer one.
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
     * Revokes the older login.
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
