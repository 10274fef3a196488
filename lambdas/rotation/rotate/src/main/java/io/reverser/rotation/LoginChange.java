package io.reverser.rotation;

import io.reverser.rotation.plan.RotationPlan;
import java.util.Optional;

/** How a login is exchanged for another. Everything may be repeated, and be cut off anywhere. */
sealed interface LoginChange permits AlternatingUsers, DualPassword, SingleUser {

    /** The way that the plan wants. */
    static LoginChange of(RotationPlan plan) {
        return switch (plan.strategy()) {
            case DUAL_PASSWORD -> new DualPassword();
            case ALTERNATING_USERS -> new AlternatingUsers(plan.users());
            case SINGLE_USER -> new SingleUser();
        };
    }

    /**
     * The login after this one.
     *
     * @throws UnusableSecret when there is none after this one
     */
    Login next(Login current);

    /** Why the server cannot do it with this account, in words; nothing when it can. */
    Optional<String> obstacle(Administration server, Account current);

    /** The server lets the next login in. The current one must be let in when this is called. */
    void set(Administration server, Account account, Logins logins);

    /** The server lets the current login in, and not the next one: as it was before. */
    void undo(Administration server, Account account, Logins logins);

    /** The server does not let the old login in any more. */
    void drop(Administration server, Account account, Logins logins);

    /** Whoever still uses the old login, in words; nothing when nobody is seen to. */
    Optional<String> users(Administration server, Login old);

    /**
     * Two logins, of which the account in question is that of the older one.
     *
     * @param older that is let in before
     * @param newer that is let in afterwards
     */
    record Logins(Login older, Login newer) {}
}
