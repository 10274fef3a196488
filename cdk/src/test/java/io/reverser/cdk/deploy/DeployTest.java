package io.reverser.cdk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeployTest {

    /** As in a pipe, or in a build. */
    @Test
    void takesSilenceForNo() {
        assertThat(System.console()).isNull();
        assertThat(Deploy.agreed("Deploy 10 stacks? ")).isFalse();
    }
}
