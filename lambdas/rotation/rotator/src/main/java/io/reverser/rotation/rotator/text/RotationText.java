package io.reverser.rotation.rotator.text;

import io.reverser.configreader.Durations;
import io.reverser.rotation.plan.Occurrence;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Triggers, reasons and failures of rotations, in words for people. */
public final class RotationText {

    public static final String ROTATION_DISABLED =
            "rotation of the secret is not switched on in Secrets Manager, or was cancelled there";
    public static final String ROTATION_IN_PROGRESS = "another rotation is not over yet";
    public static final String SECRET_CHANGED_DURING_ROTATION =
            "the secret was changed after the new version was made from it. The next rotation begins"
                    + " with what it is now";
    public static final String CURRENT_VERSION_CHANGED = "another version of the secret became current meanwhile";
    public static final String ABANDONED_AFTER_EXTERNAL_CHANGE =
            CURRENT_VERSION_CHANGED + "; the database stays as it is until the next rotation";
    public static final String ROLLED_BACK_EXTERNALLY = "the previous version of the secret became current again";
    public static final String OLD_LOGIN_STILL_VALID = "the one before is still let in";
    public static final String NO_DISRUPTION = "Nobody noticed.";
    public static final String ROTATION_NOT_REQUESTED = "Secrets Manager could not be asked for it";
    public static final String PENDING_LABEL_REMOVED = "AWSPENDING was removed from the new version";

    private RotationText() {}

    public static String notPending(String version) {
        return "the version " + version + " is not AWSPENDING, or not any more";
    }

    public static String noValue(String version) {
        return "the version " + version + " has no value yet; createSecret gives it one";
    }

    public static String loginFailed(String user) {
        return "the database does not let " + user + " in with the password of the secret";
    }

    public static String readerLoginFailed(String user) {
        return "the reader does not let " + user + " in with the new password yet";
    }

    public static String oldLoginStillValid(String user) {
        return "the database still lets " + user + " in with a password that should be gone";
    }

    public static String dualPasswordUnsupported(String version) {
        return "dual_password needs MySQL 8.0.14 or later, or Aurora MySQL 3, and the server is %s; use alternating_users"
                .formatted(version);
    }

    public static String authPluginUnsupported(String account, String plugin) {
        return "the account %s logs in by %s, which keeps no password in the database".formatted(account, plugin);
    }

    public static String unknownUser(String user, List<String> names) {
        return "logs in as %s, which is none of the two users %s".formatted(user, String.join(" and ", names));
    }

    public static String accountMissing(String account) {
        return "there is no account %s in the database; it is made once, by hand or by a deployment".formatted(account);
    }

    public static String grantsDiffer(
            String one, Collection<String> onlyThere, String other, Collection<String> onlyHere) {
        return "the accounts %s and %s may not do the same: only the first %s; only the second %s"
                .formatted(one, other, listGrants(onlyThere), listGrants(onlyHere));
    }

    public static String sessionsRemain(String user, int sessions) {
        return "%s still has %d session%s in the database".formatted(user, sessions, sessions == 1 ? "" : "s");
    }

    public static String alarmsFiring(List<String> names) {
        return "an alarm rings: " + String.join(", ", names);
    }

    public static String externalSecretNotReady(String reason) {
        return "External Secrets says of the ExternalSecret: " + reason;
    }

    public static String syncTimedOut(Duration time, Optional<String> problem) {
        return "External Secrets has not fetched the secret within %s%s"
                .formatted(
                        Durations.format(time),
                        problem.map(reason -> " (" + reason + ")").orElse(""));
    }

    public static String rolloutFailed(boolean isFailed, Optional<String> notReadyReason) {
        return isFailed
                ? "the new pods do not become ready: " + notReadyReason.orElse("Kubernetes has given up")
                : "not all pods are new in time: "
                        + notReadyReason.orElse("Reloader has not exchanged those that have the password before");
    }

    public static String rollbackIncomplete(Optional<String> notReadyReason) {
        return "some pods may still have the new password: "
                + notReadyReason.orElse(
                        "Reloader has not exchanged them; `kubectl rollout restart` the Deployment, and it goes on");
    }

    public static String stepsTimedOut(Duration time, String failure) {
        return "the steps did not come to an end within %s%s"
                .formatted(Durations.format(time), failure.isEmpty() ? "" : "; the last that failed: " + failure);
    }

    public static String databaseUnchanged(String why) {
        return why + "; the database is as before";
    }

    public static String pendingVersionLeft(Duration time) {
        return "another rotation left AWSPENDING on a version; it is cleared away after " + Durations.format(time);
    }

    public static String invalidTags(String problem) {
        return "the secret's tags give no leave to rotate outside the windows: " + problem;
    }

    public static String window(Occurrence occurrence) {
        return "window " + occurrence.window();
    }

    public static String breakGlass(String by, String why) {
        return "break-glass by %s: %s".formatted(by, why);
    }

    public static String clockSkew(Instant ours, Instant theirs) {
        return "this function's clock says %s and that of Secrets Manager %s; one of them is wrong"
                .formatted(ours, theirs);
    }

    public static String windowClosing(Occurrence occurrence) {
        return "the window %s ends at %s, and after %s nothing begins"
                .formatted(occurrence.window(), occurrence.end(), occurrence.lastStart());
    }

    public static String windowClosed(Optional<Occurrence> next) {
        return "no window is open; "
                + next.map(occurrence -> "the next, %s, opens at %s".formatted(occurrence.window(), occurrence.start()))
                        .orElse("none ever opens");
    }

    private static String listGrants(Collection<String> grants) {
        return grants.isEmpty() ? "has nothing more" : "has " + String.join(" and ", grants);
    }
}
