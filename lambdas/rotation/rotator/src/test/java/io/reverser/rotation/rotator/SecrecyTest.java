package io.reverser.rotation.rotator;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.rotation.rotator.RotationHarness.Variant;
import io.reverser.rotation.rotator.database.TestDatabases;
import io.reverser.rotation.rotator.secret.SecretState;
import io.reverser.simulators.fault.FaultInjector.Fault;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No log, metric, Slack message, exception or DynamoDB item contains a password, even when calls fail. */
@Isolated("it captures standard output")
class SecrecyTest {

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        var both = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
    }

    @AfterEach
    void stopListening() {
        System.setOut(out);
        System.setErr(err);
    }

    @ParameterizedTest
    @EnumSource(names = {"DUAL_PASSWORD_ON_MYSQL", "ALTERNATING_USERS_ON_MARIADB"})
    void leaksNoPassword(Variant variant) {
        try (var harness = new RotationHarness(variant)) {
            Set<String> passwords = new LinkedHashSet<>();
            passwords.add(TestDatabases.ADMINISTRATOR.password());
            passwords.add("xoxb-test");
            harness.connector.refuse("Database.ALTER USER", 1064);
            harness.aws.faults().injectEveryNth(17, "Database.", Fault.DISCONNECT_AFTER_EFFECT);
            harness.aws.faults().injectEveryNth(19, "SecretsManager.", Fault.ERROR_AFTER_EFFECT);
            harness.pods.areReadyOnlyWith(harness.initialSecret());
            for (int minute = 0; minute < 25; minute++) {
                remember(harness, passwords);
                harness.minute();
            }
            harness.aws.faults().clear();
            harness.move(RotationHarness.IN_THE_WINDOW.plus(Duration.ofDays(7)));
            harness.minutes(2);
            remember(harness, passwords);
            assertThat(passwords).hasSizeGreaterThan(3);
            String everything =
                    printed.toString(StandardCharsets.UTF_8) + harness.messages() + harness.table() + harness.thrown();
            assertThat(everything).contains("\"audit\"", "\"details\":{\"environment\":", "_aws");
            assertThat(passwords).noneMatch(everything::contains);
        }
    }

    private static void remember(RotationHarness harness, Set<String> passwords) {
        for (String label : new String[] {SecretState.CURRENT, SecretState.PENDING, RotationHarness.PREVIOUS}) {
            harness.findByLabel(label)
                    .map(secret -> secret.credentials().password())
                    .ifPresent(passwords::add);
        }
    }
}
