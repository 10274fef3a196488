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
        assertThat(images.at("/LifecyclePolicy/LifecyclePolicyText").asText()).contains("\"countNumber\":150");
    }

    /** Workflows have no key, only roles for an hour. */
    @Test
    void makesNoUserAndNoKey() {
        Synthesised.all().forEach(environment -> {
            assertThat(environment.resources("AWS::IAM::User")).isEmpty();
            assertThat(environment.resources("AWS::IAM::AccessKey")).isEmpty();
            assertThat(environment.resources("AWS::IAM::Role"))
                    .filteredOn(role -> role.stack().equals("delivery"))
                    .hasSize(3)
                    .allSatisfy(role ->
                            assertThat(role.at("/MaxSessionDuration").asInt()).isEqualTo(3600));
        });
    }

    /** A pull request is somebody's proposal: it may look and nothing else. */
    @Test
    void letsAPullRequestLookOnly() {
        Synthesised dev = Synthesised.of("dev");
        Resource reviewer = dev.resource("AWS::IAM::Role", "/RoleName", "dev-reviewer");
        assertThat(reviewer.at("/AssumeRolePolicyDocument").toString())
                .contains("repo:example/reverser-platform:pull_request");
        assertThat(dev.resources("AWS::IAM::Policy"))
                .filteredOn(policy -> policy.at("/Roles/0/Ref").asText().equals(reviewer.id()))
                .singleElement()
                .satisfies(policy -> assertThat(
                                policy.at("/PolicyDocument/Statement").toString())
                        .contains("cdk-hnb659fds-lookup-role")
                        .doesNotContain("deploy-role", "publishing-role"));
        assertThat(dev.resource("AWS::IAM::Role", "/RoleName", "dev-deployer")
                        .at("/AssumeRolePolicyDocument")
                        .toString())
                .contains("repo:example/reverser-platform:ref:refs/heads/main");
    }
}
