package io.reverser.access.change;

import static io.reverser.access.change.World.ADA;
import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.access.change.Sweep.Finding;
import io.reverser.access.request.Change;
import io.reverser.access.request.Extension;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Granted;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.Stored;
import io.reverser.simulators.aws.Faults.Fault;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepTest {

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void endsWhatTheSchedulerMissed() {
        RequestId id = world.granted();
        world.aws.clock().move(Duration.ofMinutes(61));
        assertThat(sweep()).contains(Finding.FINE).doesNotContain(Finding.OVERDUE);
        assertThat(world.entry()).isEmpty();
        assertThat(world.request(id)).isInstanceOf(Request.Expired.class);
    }

    @Test
    void reportsWhatIsLongOverdue() {
        world.granted();
        world.aws.clock().move(Duration.ofMinutes(75));
        assertThat(sweep()).contains(Finding.OVERDUE);
        assertThat(world.entry()).isEmpty();
        assertThat(sweep()).doesNotContain(Finding.OVERDUE);
    }

    @ParameterizedTest
    @CsvSource({
        "cluster-access:expires-at, 2036-01-01T00:00:00Z",
        "cluster-access:expires-at, never",
        "cluster-access:requester, U0EVE",
        "cluster-access:mac, AAAA"
    })
    void endsAnEntryWhoseTagsSomebodyChanged(String tag, String value) {
        RequestId id = world.granted();
        var tags = new HashMap<>(world.entry().orElseThrow().tags());
        tags.put(tag, value);
        world.aws.eks().tag("prod", ADA, tags);
        assertThat(sweep()).contains(Finding.ALTERED);
        assertThat(world.entry()).isEmpty();
        world.advance(id);
        assertThat(world.request(id)).isInstanceOf(Request.Revoked.class);
        assertThat(world.shown(id)).contains("somebody changed the tags of its access entry");
    }

    /** It used to be shown as granted until its end, with nothing left of it. */
    @Test
    void recordsTheEndAlsoWhenTheRequestChangesMeanwhile() {
        RequestId id = world.granted();
        var tags = new HashMap<>(world.entry().orElseThrow().tags());
        tags.put("cluster-access:requester", "U0EVE");
        world.aws.eks().tag("prod", ADA, tags);
        Stored seen = world.stored(id);
        var more = new Extension(Duration.ofMinutes(30), "not done yet", world.now(), List.of(), Extension.State.OPEN);
        world.faults()
                .afterNext(
                        "EKS.DeleteAccessEntry",
                        () -> world.faults()
                                .afterNext(
                                        "DynamoDB.GetItem",
                                        () -> world.table.write(
                                                Change.of(seen, ((Granted) seen.request()).extension(more)))));
        assertThat(sweep()).contains(Finding.ALTERED);
        world.advance(id);
        assertThat(world.request(id)).isInstanceOf(Request.Revoked.class);
        assertThat(world.table.audit(id)).anyMatch(audit -> audit.detail().containsValue("prod"));
    }

    /** It used to be told as ended early, because its time was over. */
    @Test
    void saysThatItIsOverWhenTheSecondLayerEndedIt() {
        RequestId id = world.granted();
        world.aws.clock().move(Duration.ofMinutes(61));
        world.faults().plan("EKS.DeleteAccessEntry", Fault.FAILS_BEFORE, 1);
        assertThat(sweep()).contains(Finding.FAILED, Finding.OVERDUE);
        assertThat(world.entry()).isEmpty();
        sweep();
        assertThat(world.request(id)).isInstanceOf(Request.Expired.class);
        assertThat(world.shown(id)).contains("Over.");
    }

    @Test
    void endsAnEntryThatNoRequestWants() {
        RequestId id = world.granted();
        var tags = world.entry().orElseThrow().tags();
        world.aws.clock().move(Duration.ofMinutes(61));
        world.advance(id);
        world.aws.clock().move(Duration.ofMinutes(-61));
        world.aws.eks().entry("prod", ADA, tags);
        world.aws.eks().associate("prod", ADA, World.VIEW);
        assertThat(sweep()).contains(Finding.ALTERED);
        assertThat(world.entry()).isEmpty();
    }

    /** sso-elevator's sweep deleted every assignment that it did not know. */
    @Test
    void leavesForeignEntriesAloneAmongThreeThousand() {
        for (int i = 0; i < 2999; i++) {
            String principal = "arn:aws:iam::111122223333:role/team/member-" + i;
            world.aws.eks().entry("prod", principal, i % 2 == 0 ? Map.of() : Map.of("team", "payments"));
            if (i % 10 == 0) {
                world.aws.eks().associate("prod", principal, World.VIEW);
            }
        }
        world.granted();
        var before = world.aws.eks().entries();
        assertThat(before).hasSize(3000);
        assertThat(sweep()).containsOnly(Finding.FINE);
        assertThat(world.aws.eks().entries()).isEqualTo(before);
    }

    @Test
    void looksAfterTheOthersWhenOneFails() {
        RequestId first = world.asked("prod");
        RequestId second = world.asked("prod");
        world.faults().plan("Slack.chat.postMessage", Fault.FAILS_BEFORE, 1);
        assertThat(sweep()).containsOnlyOnce(Finding.FAILED).contains(Finding.FINE);
        assertThat(sweep()).containsOnly(Finding.FINE);
        assertThat(List.of(world.stored(first), world.stored(second))).allMatch(stored -> stored.isTold());
    }

    private List<Finding> sweep() {
        return world.sweep.run(world.now());
    }
}
