package io.reverser.cdk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeployCommandTest {

    /** There is no terminal in a pipe or in CI. */
    @Test
    void declinesWithoutTerminal() {
        assertThat(System.console()).isNull();
        assertThat(DeployCommand.isConfirmed("Deploy 10 stacks? ")).isFalse();
    }
}
