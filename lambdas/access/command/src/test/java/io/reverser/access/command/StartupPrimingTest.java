package io.reverser.access.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.reverser.simulators.fault.FaultInjector.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartupPrimingTest {

    private final CommandFixture fixture = new CommandFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void callsEverythingOnceWithoutReadingSecretsOrWriting() {
        fixture.aws.faults().clearCalls();
        fixture.prime();
        assertThat(fixture.aws.faults().calls())
                .contains("DynamoDB.Query", "DynamoDB.TransactWriteItems", "Slack.views.open")
                .noneMatch(call -> call.startsWith("SecretsManager"));
        assertThat(fixture.table.listOpen()).isEmpty();
        assertThat(fixture.workspace.views()).isEmpty();
        assertThat(fixture.workspace.ephemeralReplies()).isEmpty();
        assertThat(fixture.type("U0ADA", "list")).isEqualTo("There are no open requests.");
    }

    /** The function starts even if priming fails, so that a request can report a failure that persists. */
    @ParameterizedTest
    @ValueSource(strings = {"DynamoDB.Query", "DynamoDB.TransactWriteItems", "Slack.views.open"})
    void startsWhenPrimingFails(String call) {
        fixture.aws.faults().injectNext(call, Fault.DISCONNECT_BEFORE_EFFECT, 100);
        assertThatCode(fixture::prime).doesNotThrowAnyException();
        fixture.aws.faults().clear();
        assertThat(fixture.type("U0ADA", "help")).contains("/cluster-access");
    }
}
