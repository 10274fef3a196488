package io.reverser.access.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.reverser.simulators.aws.Faults.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RehearsalTest {

    private final Desk desk = new Desk();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void callsEverythingOnceReadsNoSecretAndLeavesNothing() {
        desk.aws.faults().forgetCalls();
        desk.rehearse();
        assertThat(desk.aws.faults().calls())
                .contains("DynamoDB.Query", "DynamoDB.TransactWriteItems", "Slack.views.open")
                .noneMatch(call -> call.startsWith("SecretsManager"));
        assertThat(desk.table.open()).isEmpty();
        assertThat(desk.workspace.views()).isEmpty();
        assertThat(desk.workspace.whispers()).isEmpty();
        assertThat(desk.type("U0ADA", "list")).contains("Nothing");
    }

    /** A function that cannot rehearse starts all the same, and says what is wrong when somebody asks. */
    @ParameterizedTest
    @ValueSource(strings = {"DynamoDB.Query", "DynamoDB.TransactWriteItems", "Slack.views.open"})
    void breaksOffWithoutHarm(String call) {
        desk.aws.faults().plan(call, Fault.CUT_BEFORE, 100);
        assertThatCode(desk::rehearse).doesNotThrowAnyException();
        desk.aws.faults().clear();
        assertThat(desk.type("U0ADA", "help")).contains("/cluster-access");
    }
}
