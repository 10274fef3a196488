package io.reverser.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.cdk.Synthesised.Resource;
import org.junit.jupiter.api.Test;

class DeliveryStackTest {

    @Test
    void keepsEveryImageTagWhatItWas() {
        Resource images = Synthesised.of("dev").resource("AWS::ECR::Repository");
        assertThat(images.at("/ImageTagMutability").asText()).isEqualTo("IMMUTABLE");
        assertThat(images.at("/ImageScanningConfiguration/ScanOnPush").asBoolean())
                .isTrue();
        assertThat(images.at("/LifecyclePolicy/LifecyclePolicyText").asText()).contains("\"countNumber\":50");
    }

    /** The workflow has no key, only this for an hour. */
    @Test
    void makesNoUserAndNoKey() {
        Synthesised.all().forEach(environment -> {
            assertThat(environment.resources("AWS::IAM::User")).isEmpty();
            assertThat(environment.resources("AWS::IAM::AccessKey")).isEmpty();
            assertThat(environment
                            .resource("AWS::IAM::Role", "/RoleName", environment.environment() + "-image-publisher")
                            .at("/MaxSessionDuration")
                            .asInt())
                    .isEqualTo(3600);
        });
    }
}
