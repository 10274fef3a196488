package io.reverser.rotation.rotator.text;

import io.reverser.configreader.Durations;
import io.reverser.rotation.plan.Occurrence;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The texts about triggers, reasons and failures of rotations in the rotation log, in Slack and in exceptions. */
public final class RotationText {

    public static final String ROTATION_DISABLED =
            "rotation of the secret is disabled in Secrets Manager, or was cancelled there";
    public static final String ROTATION_IN_PROGRESS = "another rotation is in progress";
    public static final String SECRET_CHANGED_DURING_ROTATION =
            "the secret was changed after the new version was created from it; the next rotation starts from"
                    + " the changed secret";
    public static final String CURRENT_VERSION_CHANGED = "another version of the secret became current in the meantime";
    public static final String ABANDONED_AFTER_EXTERNAL_CHANGE =
            CURRENT_VERSION_CHANGED + "; nothing in the database changes until the next rotation";
    public static final String ROLLED_BACK_EXTERNALLY =
            "the previous version of the secret was made current again outside this rotation";
    public static final String OLD_LOGIN_STILL_VALID = "the old login still works";
    public static final String ROTATION_NOT_REQUESTED = "RotateSecret could not be called in time";
    public static final String PENDING_LABEL_REMOVED = "AWSPENDING was removed from the new version";

    private RotationText() {}

    public static String notPending(String version) {
        return "the version " + version + " is not AWSPENDING";
    }

    public static String noValue(String version) {
        return "the version " + version + " has no value yet; createSecret has to run first";
    }

    public static String loginFailed(String user) {
        return "the database rejects " + user + " with the password in the secret";
    }

    public static String readerLoginFailed(String user) {
        return "the reader does not accept " + user + " with the new password yet";
    }

    public static String oldLoginStillValid(String user) {
        return "the database still accepts " + user + " with a password that should be revoked";
    }

    public static String dualPasswordUnsupported(String version) {
        return "dual_password needs MySQL 8.0.14 or later, or Aurora MySQL 3, but the server is %s; use alternating_users"
                .formatted(version);
    }

    public static String authPluginUnsupported(String account, String plugin) {
        return "the account %s uses the authentication plugin %s, which stores no password in the database"
                .formatted(account, plugin);
    }

    public static String unknownUser(String user, List<String> names) {
        return "has the user %s, which is neither %s".formatted(user, String.join(" nor ", names));
    }

    public static String accountMissing(String account) {
        return "the account %s does not exist in the database; create it by hand or with a deployment"
                .formatted(account);
    }

    public static String grantsDiffer(
            String one, Collection<String> onlyThere, String other, Collection<String> onlyHere) {
        return "the accounts %s and %s have different grants; only the first: %s; only the second: %s"
                .formatted(one, other, listGrants(onlyThere), listGrants(onlyHere));
    }

    public static String sessionsRemain(String user, int sessions) {
        return "%s still has %d open session%s in the database".formatted(user, sessions, sessions == 1 ? "" : "s");
    }

    public static String alarmsFiring(List<String> names) {
        return (names.size() == 1 ? "a blocking alarm is firing: " : "blocking alarms are firing: ")
                + String.join(", ", names);
    }

    public static String externalSecretNotReady(String reason) {
        return "the ExternalSecret is not ready: " + reason;
    }

    public static String syncTimedOut(Duration time, Optional<String> problem) {
        return "External Secrets did not sync the secret within %s%s"
                .formatted(
                        Durations.format(time),
                        problem.map(reason -> " (" + reason + ")").orElse(""));
    }

    public static String rolloutFailed(boolean isFailed, Optional<String> notReadyReason) {
        return isFailed
                ? "the new pods do not become ready: "
                        + notReadyReason.orElse("the Deployment exceeded its progress deadline")
                : "not all pods were replaced in time: "
                        + notReadyReason.orElse("Reloader has not replaced the pods that still use the old password");
    }

    public static String rollbackIncomplete(Optional<String> notReadyReason) {
        return "some pods may still use the new password: "
                + notReadyReason.orElse(
                        "Reloader has not replaced these pods; run `kubectl rollout restart` on the Deployment");
    }

    public static String stepsTimedOut(Duration time, String failure) {
        return "the rotation steps did not finish within %s%s"
                .formatted(Durations.format(time), failure.isEmpty() ? "" : "; last failure: " + failure);
    }

    public static String abandoned(String why) {
        return why + "; any change to the database was rolled back";
    }

    public static String pendingVersionLeft(Duration time) {
        return "another rotation left AWSPENDING on a version; the label is removed after " + Durations.format(time);
    }

    public static String invalidTags(String problem) {
        return "the break-glass tags of the secret are invalid: " + problem;
    }

    public static String window(Occurrence occurrence) {
        return "window " + occurrence.window();
    }

    public static String breakGlass(String by, String why) {
        return "break-glass by %s: %s".formatted(by, why);
    }

    public static String clockSkew(Instant ours, Instant theirs) {
        return "this function's clock says %s, but Secrets Manager's says %s; one of them is wrong"
                .formatted(ours, theirs);
    }

    public static String windowClosing(Occurrence occurrence) {
        return "the window %s ends at %s, and no rotation starts after %s"
                .formatted(occurrence.window(), occurrence.end(), occurrence.lastStart());
    }

    public static String windowClosed(Optional<Occurrence> next) {
        return "no window is open; "
                + next.map(occurrence -> "the next, %s, opens at %s".formatted(occurrence.window(), occurrence.start()))
                        .orElse("none opens in the next 30 years");
    }

    private static String listGrants(Collection<String> grants) {
        return grants.isEmpty() ? "none" : String.join(" and ", grants);
    }
}
