package io.reverser.rotation.rotator.database;

import io.reverser.rotation.plan.RotationPlan;
import io.reverser.rotation.rotator.secret.InvalidSecretException;
import io.reverser.rotation.rotator.secret.MySqlCredentials;
import java.util.Optional;

/**
 * How a rotation replaces a database login with a new one. Every method is idempotent, because the process may crash at
 * any point.
 */
public sealed interface CredentialStrategy permits AlternatingUsers, DualPassword, SingleUser {

    static CredentialStrategy of(RotationPlan plan) {
        return switch (plan.strategy()) {
            case DUAL_PASSWORD -> new DualPassword();
            case ALTERNATING_USERS -> new AlternatingUsers(plan.users());
            case SINGLE_USER -> new SingleUser();
        };
    }

    /**
     * Generates the login that replaces the current one.
     *
     * @throws InvalidSecretException when the current user is not one of the users that the strategy alternates between
     */
    MySqlCredentials generateNext(MySqlCredentials current);

    /** Why the server does not support the strategy for this account, in words; empty when it does. */
    Optional<String> findUnmetPrecondition(AdminSession session, MySqlAccount current);

    /** Makes the newer login valid. The older login must be valid when this method is called. */
    void activate(AdminSession session, MySqlAccount account, CredentialPair pair);

    /** Makes only the older login valid, as it was before {@link #activate}. */
    void rollBack(AdminSession session, MySqlAccount account, CredentialPair pair);

    /** Revokes the older login. */
    void deactivateOld(AdminSession session, MySqlAccount account, CredentialPair pair);

    /**
     * The sessions that still use the old login, in words; empty when there are none, or when sessions with the old and
     * the new login cannot be told apart.
     */
    Optional<String> findActiveSessions(AdminSession session, MySqlCredentials old);

    /**
     * The logins before and after a rotation.
     *
     * @param older the login before the rotation; the parameter {@code account} of the methods is the account of this
     *     login
     */
    record CredentialPair(MySqlCredentials older, MySqlCredentials newer) {}
}
