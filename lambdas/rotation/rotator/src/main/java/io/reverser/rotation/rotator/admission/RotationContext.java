package io.reverser.rotation.rotator.admission;

import io.reverser.rotation.rotator.database.CredentialSwitcher;
import io.reverser.rotation.rotator.kubernetes.KubernetesClient;
import io.reverser.rotation.rotator.secret.DatabaseSecret;
import io.reverser.rotation.rotator.secret.SecretsManagerSecret;
import java.util.Optional;

/** The systems that a rotation reads and changes. */
public record RotationContext(
        SecretsManagerSecret secret,
        CredentialSwitcher switcher,
        KubernetesClient kubernetes,
        BlockingAlarms blockingAlarms) {

    /**
     * Aborts a pending version of the secret. First removes the version's label {@code AWSPENDING}, under the admin
     * lock, so that a step that is still running detects that the version is no longer pending; then revokes the
     * version's login.
     *
     * @return false when the version has become current in the meantime; its login is then not revoked
     */
    public boolean abortVersion(String version) {
        DatabaseSecret current = secret.getCurrentVersion();
        switcher.withAdminLock(current, () -> {
            if (secret.describe().isPending(version)) {
                secret.removePendingLabel(version);
            }
        });
        if (secret.describe().isCurrent(version)) {
            return false;
        }
        Optional<DatabaseSecret> pending = secret.findVersion(version);
        if (pending.isPresent() && switcher.canLogIn(pending.get())) {
            switcher.rollBack(current, pending.get(), () -> secret.requireNotCurrent(version));
        }
        return true;
    }
}
