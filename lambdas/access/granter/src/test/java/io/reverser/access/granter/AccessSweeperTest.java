package io.reverser.access.granter;

import static io.reverser.access.granter.GranterFixture.ADA;
import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.access.granter.AccessSweeper.Finding;
import io.reverser.access.request.Extension;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Granted;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.RequestWrite;
import io.reverser.access.request.VersionedRequest;
import io.reverser.simulators.fault.FaultInjector.Fault;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessSweeperTest {

    private final GranterFixture fixture = new GranterFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void revokesGrantsThatTheSchedulerMissed() {
        RequestId id = fixture.createGrantedRequest();
        fixture.aws.clock().move(Duration.ofMinutes(61));
        assertThat(sweep()).contains(Finding.OK).doesNotContain(Finding.OVERDUE);
        assertThat(fixture.entry()).isEmpty();
        assertThat(fixture.request(id)).isInstanceOf(Request.Expired.class);
    }

    @Test
    void reportsOverdueGrants() {
        fixture.createGrantedRequest();
        fixture.aws.clock().move(Duration.ofMinutes(75));
        assertThat(sweep()).contains(Finding.OVERDUE);
        assertThat(fixture.entry()).isEmpty();
        assertThat(sweep()).doesNotContain(Finding.OVERDUE);
    }

    @ParameterizedTest
    @CsvSource({
        "cluster-access:expires-at, 2036-01-01T00:00:00Z",
        "cluster-access:expires-at, never",
        "cluster-access:requester, U0EVE",
        "cluster-access:mac, AAAA"
    })
    void deletesAnEntryWithTamperedTags(String tag, String value) {
        RequestId id = fixture.createGrantedRequest();
        var tags = new HashMap<>(fixture.entry().orElseThrow().tags());
        tags.put(tag, value);
        fixture.aws.eks().setTags("prod", ADA, tags);
        assertThat(sweep()).contains(Finding.TAMPERED);
        assertThat(fixture.entry()).isEmpty();
        fixture.reconcile(id);
        assertThat(fixture.request(id)).isInstanceOf(Request.Revoked.class);
        assertThat(fixture.messageBlocks(id)).contains("the tags of its access entry were changed");
    }

    /**
     * Regression: Slack showed a request as granted until its expiry, although the sweep had deleted the access entry.
     */
    @Test
    void recordsTheRevocationDespiteAConcurrentChange() {
        RequestId id = fixture.createGrantedRequest();
        var tags = new HashMap<>(fixture.entry().orElseThrow().tags());
        tags.put("cluster-access:requester", "U0EVE");
        fixture.aws.eks().setTags("prod", ADA, tags);
        VersionedRequest loaded = fixture.load(id);
        var extension = new Extension(
                Duration.ofMinutes(30), "not done yet", fixture.now(), List.of(), Extension.State.PENDING);
        fixture.faults()
                .runAfter(
                        "EKS.DeleteAccessEntry",
                        () -> fixture.faults()
                                .runAfter(
                                        "DynamoDB.GetItem",
                                        () -> fixture.table.write(RequestWrite.update(
                                                loaded, ((Granted) loaded.request()).withExtension(extension)))));
        assertThat(sweep()).contains(Finding.TAMPERED);
        fixture.reconcile(id);
        assertThat(fixture.request(id)).isInstanceOf(Request.Revoked.class);
        assertThat(fixture.table.listAuditRecords(id))
                .anyMatch(auditRecord -> auditRecord.details().containsValue("prod"));
    }

    /** Regression: Slack showed a request as revoked, although its access had expired. */
    @Test
    void showsAGrantThatTheSweepEndedAsExpired() {
        RequestId id = fixture.createGrantedRequest();
        fixture.aws.clock().move(Duration.ofMinutes(61));
        fixture.faults().injectNext("EKS.DeleteAccessEntry", Fault.ERROR_BEFORE_EFFECT, 1);
        assertThat(sweep()).contains(Finding.CHECK_FAILED, Finding.OVERDUE);
        assertThat(fixture.entry()).isEmpty();
        sweep();
        assertThat(fixture.request(id)).isInstanceOf(Request.Expired.class);
        assertThat(fixture.messageBlocks(id)).contains("Expired.");
    }

    @Test
    void deletesAnEntryWithoutAnActiveRequest() {
        RequestId id = fixture.createGrantedRequest();
        var tags = fixture.entry().orElseThrow().tags();
        fixture.aws.clock().move(Duration.ofMinutes(61));
        fixture.reconcile(id);
        fixture.aws.clock().move(Duration.ofMinutes(-61));
        fixture.aws.eks().createEntry("prod", ADA, tags);
        fixture.aws.eks().associatePolicy("prod", ADA, GranterFixture.VIEW);
        assertThat(sweep()).contains(Finding.TAMPERED);
        assertThat(fixture.entry()).isEmpty();
    }

    /** Prevents a bug of another tool (sso-elevator): its sweep deleted every assignment that it did not know. */
    @Test
    void leavesThousandsOfForeignEntriesAlone() {
        for (int i = 0; i < 2999; i++) {
            String principal = "arn:aws:iam::111122223333:role/team/member-" + i;
            fixture.aws.eks().createEntry("prod", principal, i % 2 == 0 ? Map.of() : Map.of("team", "payments"));
            if (i % 10 == 0) {
                fixture.aws.eks().associatePolicy("prod", principal, GranterFixture.VIEW);
            }
        }
        fixture.createGrantedRequest();
        var before = fixture.aws.eks().entries();
        assertThat(before).hasSize(3000);
        assertThat(sweep()).containsOnly(Finding.OK);
        assertThat(fixture.aws.eks().entries()).isEqualTo(before);
    }

    @Test
    void reconcilesTheOthersWhenOneFails() {
        RequestId first = fixture.createRequest("prod");
        RequestId second = fixture.createRequest("prod");
        fixture.faults().injectNext("Slack.chat.postMessage", Fault.ERROR_BEFORE_EFFECT, 1);
        assertThat(sweep()).containsOnlyOnce(Finding.CHECK_FAILED).contains(Finding.OK);
        assertThat(sweep()).containsOnly(Finding.OK);
        assertThat(List.of(fixture.load(first), fixture.load(second))).allMatch(stored -> stored.isPublished());
    }

    private List<Finding> sweep() {
        return fixture.sweeper.sweep(fixture.now());
    }
}
