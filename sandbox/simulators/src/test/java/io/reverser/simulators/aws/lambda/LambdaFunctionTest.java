package io.reverser.simulators.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A function in a process of its own, under AWS's runtime client. */
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

    /** Right after an answer, when it is about to ask for more. */
    @Test
    void answersFromAnotherProcessOnceOneWasKilled() {
        for (int i = 0; i < 5; i++) {
            ProcessHandle process = function.start();
            assertThat(function.invoke("\"%d\"".formatted(i))).isEqualTo("\"%d\"".formatted(i));
            function.kill();
            assertThat(process.isAlive()).isFalse();
            assertThat(function.isBusy()).isFalse();
        }
    }

    @Test
    void answersNothingMoreOnceItIsClosed() {
        function.close();
        assertThatThrownBy(() -> function.invoke("1")).isInstanceOf(FunctionFailed.class);
        assertThat(function.isBusy()).isFalse();
    }
}
