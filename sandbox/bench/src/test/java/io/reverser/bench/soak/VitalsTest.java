package io.reverser.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.bench.account.VitalBook.Sample;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class VitalsTest {

    @Test
    void knowsFunctionsByTheirEnvironmentAndPodsByTheirCommand() {
        assertThat(Vitals.role("java\0-cp", "A=1\0AWS_LAMBDA_FUNCTION_NAME=alarms-1\0B=2"))
                .contains("alarms-1");
        assertThat(Vitals.role("java\0-jar\0reverser.jar", "MYSQL_HOST=127.0.0.1"))
                .contains("reverser pod");
        assertThat(Vitals.role("mariadbd", "NO_AWS_LAMBDA_FUNCTION_NAME=x")).isEmpty();
    }

    @Test
    void seesWhatThisProcessTakes() throws InterruptedException {
        try (var vitals = Vitals.watch()) {
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (vitals.samples().isEmpty() && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            Sample own = vitals.samples().getFirst();
            assertThat(own.role()).isEqualTo("sandbox");
            assertThat(own.memory()).isBetween(20.0, 4000.0);
            assertThat(own.threads()).isGreaterThan(3);
            assertThat(vitals.processes()).containsEntry("sandbox", 1);
        }
    }
}
