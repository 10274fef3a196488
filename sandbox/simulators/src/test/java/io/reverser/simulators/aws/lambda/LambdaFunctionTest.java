package io.reverser.simulators.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs a Lambda function in a separate process, with AWS's runtime client. */
class LambdaFunctionTest {

    private final LambdaFunction function = LambdaFunction.of(
            new FunctionPackage(
                    "echo",
                    Path.of("target", "test-classes").toAbsolutePath(),
                    EchoHandler.class.getName() + "::handleRequest"),
            Map.of());

    @AfterEach
    void close() {
        function.close();
    }

    /** Kills the function's process immediately after a response, when it is about to ask for the next invocation. */
    @Test
    void startsANewProcessAfterAKill() {
        for (int i = 0; i < 5; i++) {
            ProcessHandle process = function.start();
            assertThat(function.invoke("\"%d\"".formatted(i))).isEqualTo("\"%d\"".formatted(i));
            function.kill();
            assertThat(process.isAlive()).isFalse();
            assertThat(function.isBusy()).isFalse();
        }
    }

    @Test
    void rejectsInvocationsAfterClose() {
        function.close();
        assertThatThrownBy(() -> function.invoke("1")).isInstanceOf(FunctionFailed.class);
        assertThat(function.isBusy()).isFalse();
    }
}
