package io.reverser.rotation;

import io.reverser.rotation.plan.Occurrence;
import io.reverser.settings.Durations;
import io.reverser.slack.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Everything that people read, but for how it looks in Slack. */
final class Wording {

    static final String ROTATION_IS_OFF =
            "rotation of the secret is not switched on in Secrets Manager, or was cancelled there";
    static final String ANOTHER_IS_NOT_OVER = "another rotation is not over yet";
    static final String CHANGED_MEANWHILE =
            "the secret is not what the new version was made from: somebody changed it meanwhile. The next rotation begins"
                    + " with what it is now";
    static final String CHANGED_BY_HAND = "somebody gave the secret another current version meanwhile";
    static final String LEFT_BY_HAND = CHANGED_BY_HAND + "; the database stays as it is until the next rotation";
    static final String UNDONE_BY_HAND = "somebody made the version before the current one again";
    static final String STILL_LET_IN = "the one before is still let in";
    static final String NOBODY_NOTICED = "Nobody noticed.";
    static final String NOT_STARTED = "Secrets Manager could not be asked for it";
    static final String TAKEN_AWAY = "somebody took AWSPENDING from the new version";

    private Wording() {}

    static String notPending(String version) {
        return "the version " + version + " is not AWSPENDING, or not any more";
    }

    static String noValue(String version) {
        return "the version " + version + " has no value yet; createSecret gives it one";
    }

    static String notLetIn(String user) {
        return "the database does not let " + user + " in with the password of the secret";
    }

    static String notLetInByReader(String user) {
        return "the reader does not let " + user + " in with the new password yet";
    }

    static String stillLetIn(String user) {
        return "the database still lets " + user + " in with a password that should be gone";
    }

    static String oneOnly(String version) {
        return "the database is %s and lets nobody in with two passwords: that takes MySQL 8.0.14 or Aurora MySQL 3;"
                        .formatted(version)
                + " use the strategy alternating_users";
    }

    static String foreignPlugin(Account account, String plugin) {
        return "the account %s logs in by %s, which keeps no password in the database".formatted(account, plugin);
    }

    static String notOneOfTwo(String user, List<String> names) {
        return "logs in as %s, which is none of the two users %s".formatted(user, String.join(" and ", names));
    }

    static String noAccount(Account account) {
        return "there is no account %s in the database; it is made once, by hand or by a deployment".formatted(account);
    }

    static String otherRights(Account one, Collection<String> onlyThere, Account other, Collection<String> onlyHere) {
        return "the accounts %s and %s may not do the same: only the first %s; only the second %s"
                .formatted(one, other, listed(onlyThere), listed(onlyHere));
    }

    static String stillUsed(String user, int sessions) {
        return "%s still has %d session%s in the database".formatted(user, sessions, sessions == 1 ? "" : "s");
    }

    static String ringing(List<String> names) {
        return "an alarm rings: " + String.join(", ", names);
    }

    static String notSynced(String reason) {
        return "External Secrets says of the ExternalSecret: " + reason;
    }

    static String notFetched(Duration time, Optional<String> problem) {
        return "External Secrets has not fetched the secret within %s%s"
                .formatted(
                        Durations.text(time),
                        problem.map(reason -> " (" + reason + ")").orElse(""));
    }

    static String notRolled(Rollout rollout) {
        return rollout.isFailed()
                ? "the new pods do not become ready: " + rollout.obstacle().orElse("Kubernetes has given up")
                : "not all pods are new in time: "
                        + rollout.obstacle().orElse("Reloader has not exchanged those that have the password before");
    }

    static String notRolledBack(Rollout rollout) {
        return "some pods may still have the new password: "
                + rollout.obstacle()
                        .orElse(
                                "Reloader has not exchanged them; `kubectl rollout restart` the Deployment, and it goes on");
    }

    static String notFinished(Duration time, String failure) {
        return "the steps did not come to an end within %s%s"
                .formatted(Durations.text(time), failure.isEmpty() ? "" : "; the last that failed: " + failure);
    }

    static String asBefore(String why) {
        return why + "; the database is as before";
    }

    static String abandoned(Duration time) {
        return "another rotation left AWSPENDING on a version; it is cleared away after " + Durations.text(time);
    }

    static String wrongTags(String problem) {
        return "the secret's tags give no leave to rotate outside the windows: " + problem;
    }

    static String window(Occurrence occurrence) {
        return "window " + occurrence.window();
    }

    static String breakGlass(BreakGlass leave) {
        return "break-glass by %s: %s".formatted(leave.by(), leave.why());
    }

    static String wrongClock(Instant ours, Instant theirs) {
        return "this function's clock says %s and that of Secrets Manager %s; one of them is wrong"
                .formatted(ours, theirs);
    }

    static String ending(Occurrence occurrence) {
        return "the window %s ends at %s, and after %s nothing begins"
                .formatted(occurrence.window(), occurrence.end(), occurrence.lastStart());
    }

    static String closed(Optional<Occurrence> next) {
        return "no window is open; "
                + next.map(occurrence -> "the next, %s, opens at %s".formatted(occurrence.window(), occurrence.start()))
                        .orElse("none ever opens");
    }

    /** What happened, as a line of the thread. */
    static String line(Note note) {
        String detail = Text.escape(note.detail());
        return switch (note.mark()) {
            case BEGUN -> "A new password, for the " + detail + ".";
            case ASKED -> "Secrets Manager makes it and gives it to the database.";
            case FAILED -> "⚠️ A step failed, and is repeated: " + detail;
            case SWITCHED ->
                "The database lets it in. It is in the secret now" + (detail.isEmpty() ? "" : "; " + detail) + ".";
            case SYNCING -> "External Secrets was asked to fetch it.";
            case SYNCED -> "It is in the cluster.";
            case ROLLED -> "All pods are new.";
            case DROPPED -> ("✅ The password before is not let in any more. " + detail).strip();
            case UNDOING -> "↩️ It is taken back: " + detail;
            case BACK -> "The password before is in the secret again.";
            case BACK_SYNCING -> "External Secrets was asked to fetch that.";
            case BACK_SYNCED -> "It is in the cluster again.";
            case BACK_ROLLED -> "No pod has the new password.";
            case UNDONE -> "↩️ All is as before, and was tried: the new password is not let in any more.";
            case REFUSED -> "⛔ Refused, and nothing was changed: " + detail;
            case GIVEN_UP -> "⛔ Given up: " + detail + ".";
            case STUCK -> "🆘 Somebody has to look: " + detail + ". When that is put right, it goes on by itself.";
            case WAITING -> "⏳ It is due, and waits: " + detail;
            case GOES_ON -> "▶️ Nothing is in its way any more: it has begun.";
            case MISSED -> "⌛ The window went by: nothing was begun in it.";
            case CHANGED -> "✍️ Somebody changed the secret by hand. New pods get what it says now.";
        };
    }

    private static String listed(Collection<String> rights) {
        return rights.isEmpty() ? "has nothing more" : "has " + String.join(" and ", rights);
    }
}
