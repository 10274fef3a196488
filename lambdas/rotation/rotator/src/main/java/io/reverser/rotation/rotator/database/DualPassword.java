package io.reverser.rotation.rotator.database;

import io.reverser.rotation.rotator.secret.MySqlCredentials;
import io.reverser.rotation.rotator.text.RotationText;
import java.util.Optional;
import java.util.Set;

/** One account that accepts both passwords during a rotation. No pod is refused a login. Works with MySQL only. */
record DualPassword() implements CredentialStrategy {

    /**
     * The authentication plugins that store passwords in the server; only accounts with these plugins can have two
     * passwords.
     */
    private static final Set<String> PLUGINS =
            Set.of("mysql_native_password", "sha256_password", "caching_sha2_password");

    @Override
    public MySqlCredentials generateNext(MySqlCredentials current) {
        return new MySqlCredentials(current.user(), PasswordGenerator.generate());
    }

    @Override
    public Optional<String> findUnmetPrecondition(AdminSession session, MySqlAccount current) {
        if (!session.supportsDualPassword()) {
            return Optional.of(RotationText.dualPasswordUnsupported(session.findServerVersion()));
        }
        String plugin = session.findAuthPlugin(current);
        return PLUGINS.contains(plugin)
                ? Optional.empty()
                : Optional.of(RotationText.authPluginUnsupported(current.toString(), plugin));
    }

    /**
     * An account has at most two passwords, and {@code RETAIN CURRENT PASSWORD} keeps only its primary one. If a crash
     * has left a secondary password, the current login's password is therefore made the primary one first.
     */
    @Override
    public void activate(AdminSession session, MySqlAccount account, CredentialPair pair) {
        if (session.hasSecondaryPassword(account)) {
            rollBack(session, account, pair);
        }
        session.setPasswordRetainingCurrent(account, pair.newer().password());
    }

    @Override
    public void rollBack(AdminSession session, MySqlAccount account, CredentialPair pair) {
        session.setPassword(account, pair.older().password());
        session.discardOldPassword(account);
    }

    @Override
    public void deactivateOld(AdminSession session, MySqlAccount account, CredentialPair pair) {
        session.discardOldPassword(account);
    }

    @Override
    public Optional<String> findActiveSessions(AdminSession session, MySqlCredentials old) {
        return Optional.empty();
    }
}
