package io.reverser.rotation.rotator.database;

import io.reverser.rotation.rotator.secret.MySqlCredentials;
import io.reverser.rotation.rotator.text.RotationText;
import java.util.Optional;

/**
 * One account with one password. A client with the old password cannot log in again until it has the new one, so this is
 * only for servers and accounts that allow no better strategy.
 */
public record SingleUser() implements CredentialStrategy {

    @Override
    public MySqlCredentials generateNext(MySqlCredentials current) {
        return new MySqlCredentials(current.user(), PasswordGenerator.generate());
    }

    @Override
    public Optional<String> findUnmetPrecondition(AdminSession session, MySqlAccount current) {
        return session.exists(current)
                ? Optional.empty()
                : Optional.of(RotationText.accountMissing(current.toString()));
    }

    @Override
    public void activate(AdminSession session, MySqlAccount account, CredentialPair pair) {
        session.setPassword(account, pair.newer().password());
    }

    @Override
    public void rollBack(AdminSession session, MySqlAccount account, CredentialPair pair) {
        session.setPassword(account, pair.older().password());
    }

    @Override
    public void deactivateOld(AdminSession session, MySqlAccount account, CredentialPair pair) {
        // Nothing to do: activating the new password has replaced the old one.
    }

    @Override
    public Optional<String> findActiveSessions(AdminSession session, MySqlCredentials old) {
        return Optional.empty();
    }
}
