package io.reverser.bench.soak.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.bench.reconciliation.ResourceTrends.Sample;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessSamplerTest {

    @Test
    void identifiesFunctionsByEnvironmentAndPodsByCommand() {
        assertThat(ProcessSampler.roleOf("java\0-cp", "A=1\0AWS_LAMBDA_FUNCTION_NAME=alarms-1\0B=2"))
                .contains("alarms-1");
        assertThat(ProcessSampler.roleOf("java\0-jar\0reverser.jar", "MYSQL_HOST=127.0.0.1"))
                .contains("reverser pod");
        assertThat(ProcessSampler.roleOf("mariadbd", "NO_AWS_LAMBDA_FUNCTION_NAME=x"))
                .isEmpty();
    }

    @Test
    void samplesThisProcess() throws InterruptedException {
        try (var sampler = ProcessSampler.start()) {
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (sampler.samples().isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
            Sample own = sampler.samples().getFirst();
            assertThat(own.role()).isEqualTo("sandbox");
            assertThat(own.memory()).isBetween(20.0, 4000.0);
            assertThat(own.threads()).isGreaterThan(3);
            assertThat(sampler.processCounts()).containsEntry("sandbox", 1);
        }
    }
}
