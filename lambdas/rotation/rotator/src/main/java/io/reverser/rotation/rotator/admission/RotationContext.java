package io.reverser.rotation.rotator.admission;

import io.reverser.rotation.rotator.database.CredentialSwitcher;
import io.reverser.rotation.rotator.kubernetes.KubernetesClient;
import io.reverser.rotation.rotator.secret.DatabaseSecret;
import io.reverser.rotation.rotator.secret.SecretsManagerSecret;
import java.util.Optional;

/** What a rotation looks at and changes. */
public record RotationContext(
        SecretsManagerSecret secret,
        CredentialSwitcher switcher,
        KubernetesClient kubernetes,
        BlockingAlarms blockingAlarms) {

    /**
     * Takes back a version that is not to become the current one: first its label, while nobody else can change the
     * database, so that a step that is still under way finds that it is not pending any more; then its login.
     *
     * @return false when it is the current one by now, and was left as it is
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
