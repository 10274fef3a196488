package io.reverser.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.rotation.RotationWorld.Way;
import io.reverser.simulators.aws.Faults.Fault;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No password in a log, a metric, a message, an exception or the table, whatever happens. */
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
    void showsNoPasswordAnywhere(Way way) {
        try (var world = new RotationWorld(way)) {
            Set<String> passwords = new LinkedHashSet<>();
            passwords.add(TestDatabases.ADMINISTRATOR.password());
            passwords.add("xoxb-test");
            world.databases.refuse("Database.ALTER USER", 1064);
            world.aws.faults().oneIn(17, "Database.", Fault.CUT_AFTER);
            world.aws.faults().oneIn(19, "SecretsManager.", Fault.FAILS_AFTER);
            world.pods.areReadyOnlyWith(world.first());
            for (int minute = 0; minute < 25; minute++) {
                remember(world, passwords);
                world.minute();
            }
            world.aws.faults().clear();
            world.move(RotationWorld.IN_THE_WINDOW.plus(Duration.ofDays(7)));
            world.minutes(2);
            remember(world, passwords);
            assertThat(passwords).hasSizeGreaterThan(3);
            String everything =
                    printed.toString(StandardCharsets.UTF_8) + world.messages() + world.table() + world.thrown();
            assertThat(everything).contains("\"audit\"", "_aws");
            assertThat(passwords).noneMatch(everything::contains);
        }
    }

    private static void remember(RotationWorld world, Set<String> passwords) {
        for (String label : new String[] {SecretState.CURRENT, SecretState.PENDING, RotationWorld.PREVIOUS}) {
            world.labelled(label).map(secret -> secret.login().password()).ifPresent(passwords::add);
        }
    }
}
