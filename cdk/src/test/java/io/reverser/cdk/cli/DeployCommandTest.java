package io.reverser.cdk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeployCommandTest {

    /** In a pipe or in CI there is no terminal on which the user could confirm. */
    @Test
    void declinesWithoutTerminal() {
        assertThat(System.console()).isNull();
        assertThat(DeployCommand.isConfirmed("Deploy 10 stacks? ")).isFalse();
    }

    /** CloudFormation cannot roll back the creation of a protected stack. */
    @Test
    void protectsNewStacksInSecondDeployment() {
        assertThat(deploy(Set.of("prod-network"), 0, 0))
                .containsExactly("synth [prod-network]", "deploy", "synth []", "deploy", "status 0");
    }

    /** The next deployment finds the stacks that were deployed, and protects them. */
    @Test
    void protectsNothingAfterFailure() {
        assertThat(deploy(Set.of("prod-network"), 1, 0)).containsExactly("synth [prod-network]", "deploy", "status 1");
    }

    @Test
    void deploysOnceWithoutNewStacks() {
        assertThat(deploy(Set.of(), 1)).containsExactly("deploy", "status 1");
    }

    /** The steps of a deployment in which {@code cdk deploy} ends with these exit statuses. */
    private static List<String> deploy(Set<String> unprotected, Integer... statuses) {
        var steps = new ArrayList<String>();
        var next = List.of(statuses).iterator();
        int status = DeployCommand.deploy(unprotected, stacks -> steps.add("synth " + stacks), () -> {
            steps.add("deploy");
            return next.next();
        });
        steps.add("status " + status);
        return steps;
    }
}
