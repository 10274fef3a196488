package io.reverser.cdk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeployCommandTest {

    /** In a pipe or in CI there is no terminal on which the user could confirm. */
    @Test
    void declinesWithoutTerminal() {
        assertThat(System.console()).isNull();
        assertThat(DeployCommand.isConfirmed("Deploy 10 stacks? ")).isFalse();
    }
}
