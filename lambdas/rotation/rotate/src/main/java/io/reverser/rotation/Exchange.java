package io.reverser.rotation;

import io.reverser.rotation.LoginChange.Logins;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Exchanges logins in the database, one at a time, and believes nothing that it has not tried. */
final class Exchange {

    private static final int TRIES = 5;
    private static final Duration BETWEEN = Duration.ofMillis(500);

    private final Database database;
    private final LoginChange change;
    private final Supplier<Login> administrator;
    private final Optional<String> reader;

    /**
     * Nothing is connected yet.
     *
     * @param administrator reads the administrator's login, each time, because it changes as well
     * @param reader host of a server that follows the writer
     */
    Exchange(Database database, LoginChange change, Supplier<Login> administrator, Optional<String> reader) {
        this.database = database;
        this.change = change;
        this.administrator = administrator;
        this.reader = reader;
    }

    /** The same secret with the login after this one. */
    DatabaseSecret next(DatabaseSecret current) {
        return current.with(change.next(current.login()));
    }

    /** Whether the writer lets it in. */
    boolean letsIn(DatabaseSecret secret) {
        return database.letsIn(secret);
    }

    /** Why it cannot be exchanged now, in words; nothing when it can. */
    Optional<String> obstacle(DatabaseSecret current) {
        if (!database.letsIn(current)) {
            return Optional.of(Wording.notLetIn(current.login().user()));
        }
        try (Administration server = administer(current)) {
            return change.obstacle(server, database.account(current));
        }
    }

    /**
     * Lets the new login in.
     *
     * @param stillWanted throws when it is not any more; asked when nobody else can change the database
     */
    void set(DatabaseSecret current, DatabaseSecret pending, Runnable stillWanted) {
        try (Administration server = administer(current)) {
            stillWanted.run();
            if (!database.letsIn(current)) {
                throw new StepFailure(Wording.notLetIn(current.login().user()));
            }
            change.set(server, database.account(current), logins(current, pending));
        }
    }

    /** Whether every server lets it in; a reader may take a moment to hear of it. */
    void test(DatabaseSecret secret) {
        if (!database.letsIn(secret)) {
            throw new StepFailure(Wording.notLetIn(secret.login().user()));
        }
        reader.ifPresent(host -> {
            for (int attempt = 1; !database.letsIn(host, secret.database(), secret.login()); attempt++) {
                if (attempt == TRIES) {
                    throw new StepFailure(
                            Wording.notLetInByReader(secret.login().user()));
                }
                pause();
            }
        });
    }

    /** Does something while nobody else can change the database. */
    void alone(DatabaseSecret at, Runnable what) {
        try (var _ = administer(at)) {
            what.run();
        }
    }

    /**
     * The older login is let in, and the newer one is not.
     *
     * @param stillWanted as for {@link #set}
     */
    void undo(DatabaseSecret older, DatabaseSecret newer, Runnable stillWanted) {
        try (Administration server = administer(older)) {
            stillWanted.run();
            Account account = database.account(database.letsIn(older) ? older : newer);
            change.undo(server, account, logins(older, newer));
            check(older, newer);
        }
    }

    /** Whoever still uses the older login, in words. */
    Optional<String> users(DatabaseSecret older) {
        try (Administration server = administer(older)) {
            return change.users(server, older.login());
        }
    }

    /**
     * The older login is not let in any more.
     *
     * @param stillWanted as for {@link #set}
     */
    void drop(DatabaseSecret older, DatabaseSecret newer, Runnable stillWanted) {
        try (Administration server = administer(newer)) {
            stillWanted.run();
            if (!database.letsIn(newer)) {
                throw new StepFailure(Wording.notLetIn(newer.login().user()));
            }
            Account account = database.account(newer);
            change.drop(server, account, logins(older, newer));
            if (!database.letsIn(newer)) {
                server.setPassword(account, newer.login().password());
            }
            check(newer, older);
        }
    }

    private void check(DatabaseSecret in, DatabaseSecret out) {
        if (!database.letsIn(in)) {
            throw new StepFailure(Wording.notLetIn(in.login().user()));
        }
        if (database.letsIn(out)) {
            throw new StepFailure(Wording.stillLetIn(out.login().user()));
        }
    }

    private Administration administer(DatabaseSecret secret) {
        return database.administer(secret, administrator.get());
    }

    private static Logins logins(DatabaseSecret older, DatabaseSecret newer) {
        return new Logins(older.login(), newer.login());
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
