package io.reverser.rotation.rotator.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverser.rotation.plan.RotationPlan;
import io.reverser.rotation.rotator.admission.Admission.Admitted;
import io.reverser.rotation.rotator.admission.Admission.Rejected;
import io.reverser.rotation.rotator.secret.SecretState;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionTest {

    private static final RotationPlan PLAN = plan("""
            channel: C0PLATFORM
            strategy: dual_password
            rotate_after: 25d
            max_age: 40d
            bake: 10m
            rollout_timeout: 15m
            windows:
              - {name: night, zone: Europe/Berlin, days: [SUN], start: "02:00", length: 3h, cutoff: 1h}
              - {name: late, zone: Europe/Berlin, days: [THU], start: "23:00", length: 3h, cutoff: 1h}
            blackouts:
              - {from: 2026-12-31, to: 2026-12-31, reason: holidays}
            """);

    @ParameterizedTest
    @CsvSource(textBlock = """
            # at,                  admitted under or rejected with
            2026-11-29T00:59:59Z,  '',                          no window is open; the next night opens at 2026-11-29T01:00:00Z
            2026-11-29T01:00:00Z,  night@2026-11-29T01:00:00Z,  ''
            2026-11-29T03:00:00Z,  night@2026-11-29T01:00:00Z,  ''
            2026-11-29T03:00:01Z,  '',                          the window night ends at 2026-11-29T04:00:00Z
            2026-11-29T04:00:00Z,  '',                          no window is open
            # clocks are set back, and forward: that night has no 02:00
            2026-10-25T00:00:00Z,  night@2026-10-25T00:00:00Z,  ''
            2027-03-28T01:00:00Z,  night@2027-03-28T01:00:00Z,  ''
            # New Year's Eve is blacked out, also after midnight
            2026-12-31T22:30:00Z,  '',                          no window is open
            2026-12-31T23:30:00Z,  '',                          no window is open
            2026-12-24T23:30:00Z,  late@2026-12-24T22:00:00Z,   ''
            """)
    void followsWindows(Instant at, String windowId, String reason) {
        Admission admission = Admission.decide(at, PLAN, secret(at, Map.of()));
        switch (admission) {
            case Admitted admitted -> {
                assertThat(admitted.windowId()).isEqualTo(windowId);
                assertThat(admitted.isBreakGlass()).isFalse();
            }
            case Rejected rejected ->
                assertThat(rejected.reason().replace(",", "")).isNotEmpty().contains(reason);
        }
    }

    @Test
    void admitsByBreakGlassTags() {
        Instant at = Instant.parse("2026-11-25T10:00:00Z");
        Map<String, String> tags =
                Map.of("rotation:until", "2026-11-25T11:00:00Z", "rotation:by", "ada", "rotation:why", "it leaked");
        assertThat(Admission.decide(at, PLAN, secret(at, tags)))
                .isEqualTo(new Admitted("break-glass@2026-11-25T11:00:00Z", "break-glass by ada: it leaked", true));
    }

    /** If the function's clock were wrong, windows would open at the wrong time. */
    @ParameterizedTest
    @CsvSource({"2026-11-29T01:30:00Z, 2026-11-29T01:33:00Z", "2026-11-29T01:30:00Z, 2026-11-25T10:00:00Z"})
    void rejectsClockSkew(Instant ours, Instant theirs) {
        assertThat(Admission.decide(ours, PLAN, secret(theirs, Map.of())))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).contains("one of them is wrong"));
    }

    @Test
    void admitsWithoutServerTime() {
        assertThat(Admission.decide(Instant.parse("2026-11-29T01:30:00Z"), PLAN, secret(Instant.EPOCH, Map.of())))
                .isInstanceOf(Admitted.class);
    }

    private static SecretState secret(Instant serverTime, Map<String, String> tags) {
        return new SecretState(true, Instant.EPOCH, Map.of(), tags, serverTime);
    }

    static RotationPlan plan(String yaml) {
        try {
            return RotationPlan.read(new YAMLMapper().readTree(yaml));
        } catch (JsonProcessingException wrongTest) {
            throw new IllegalArgumentException(wrongTest);
        }
    }
}
