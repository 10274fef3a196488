package io.reverser.rotation.rotator.database;

import io.reverser.rotation.plan.RotationPlan;
import io.reverser.rotation.rotator.secret.InvalidSecretException;
import io.reverser.rotation.rotator.secret.MySqlCredentials;
import java.util.Optional;

/** How a login is exchanged for another. Everything may be repeated, and be cut off anywhere. */
public sealed interface CredentialStrategy permits AlternatingUsers, DualPassword, SingleUser {

    /** The way that the plan wants. */
    static CredentialStrategy of(RotationPlan plan) {
        return switch (plan.strategy()) {
            case DUAL_PASSWORD -> new DualPassword();
            case ALTERNATING_USERS -> new AlternatingUsers(plan.users());
            case SINGLE_USER -> new SingleUser();
        };
    }

    /**
     * The login after this one.
     *
     * @throws InvalidSecretException when there is none after this one
     */
    MySqlCredentials generateNext(MySqlCredentials current);

    /** Why the server cannot do it with this account, in words; nothing when it can. */
    Optional<String> findUnmetPrecondition(AdminSession session, MySqlAccount current);

    /** The server lets the next login in. The current one must be let in when this is called. */
    void activate(AdminSession session, MySqlAccount account, CredentialPair pair);

    /** The server lets the current login in, and not the next one: as it was before. */
    void rollBack(AdminSession session, MySqlAccount account, CredentialPair pair);

    /** The server does not let the old login in any more. */
    void deactivateOld(AdminSession session, MySqlAccount account, CredentialPair pair);

    /** The sessions that still use the old login, in words; empty when there are none, or they cannot be told apart. */
    Optional<String> findActiveSessions(AdminSession session, MySqlCredentials old);

    /**
     * Two logins, of which the account in question is that of the older one.
     *
     * @param older that is let in before
     * @param newer that is let in afterwards
     */
    record CredentialPair(MySqlCredentials older, MySqlCredentials newer) {}
}
