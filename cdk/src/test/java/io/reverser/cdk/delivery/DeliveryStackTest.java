package io.reverser.cdk.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.cdk.SynthesizedApp;
import io.reverser.cdk.SynthesizedApp.Resource;
import io.reverser.cdk.settings.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryStackTest {

    @Test
    void makesImageTagsImmutable() {
        Resource images = SynthesizedApp.of("dev").resource("AWS::ECR::Repository");
        assertThat(images.at("/ImageTagMutability").asText()).isEqualTo("IMMUTABLE");
        assertThat(images.at("/ImageScanningConfiguration/ScanOnPush").asBoolean())
                .isTrue();
        assertThat(images.at("/LifecyclePolicy/LifecyclePolicyText").asText()).contains("\"countNumber\":150");
    }

    /** Workflows have no access keys; they assume roles for up to one hour. */
    @Test
    void createsNoUsersAndAccessKeys() {
        SynthesizedApp.all().forEach(environment -> {
            assertThat(environment.resources("AWS::IAM::User")).isEmpty();
            assertThat(environment.resources("AWS::IAM::AccessKey")).isEmpty();
            assertThat(environment.resources("AWS::IAM::Role"))
                    .filteredOn(role -> role.stack().equals("delivery"))
                    .hasSize(3)
                    .allSatisfy(role ->
                            assertThat(role.at("/MaxSessionDuration").asInt()).isEqualTo(3600));
        });
    }

    /**
     * GitHub's tokens for repositories that were created, renamed or moved since July 2026 contain numeric IDs; tokens
     * for older repositories do not.
     */
    @ParameterizedTest
    @CsvSource(textBlock = """
            branch: main, branch: main, repo:example/reverser-platform, 1
            branch: main, branch: main\\n  owner_id: 12\\n  repository_id: 3000000000\\n  existing_oidc_provider: true, repo:example@12/reverser-platform@3000000000, 0
            """)
    void trustsExactSubjects(String good, String other, String repository, int providers, @TempDir Path config)
            throws IOException {
        TestSettings.write(
                config, Files.readString(Path.of("config/dev.yaml")).replace(good, other.replace("\\n", "\n")));
        SynthesizedApp app = SynthesizedApp.of("dev", config);
        assertThat(app.template("delivery").findValuesAsText("Type"))
                .filteredOn("AWS::IAM::OIDCProvider"::equals)
                .hasSize(providers);
        assertThat(app.resources("AWS::IAM::Role"))
                .filteredOn(role -> role.stack().equals("delivery"))
                .allSatisfy(
                        role -> assertThat(role.at("/AssumeRolePolicyDocument/Statement/0/Principal/Federated")
                                        .toString())
                                .isEqualTo(
                                        providers == 1
                                                ? "{\"Ref\":\"GitHub38B7EEC4\"}"
                                                : "\"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com\""))
                .extracting(role -> role.at("/RoleName").asText() + " "
                        + role.at("/AssumeRolePolicyDocument/Statement/0/Condition"))
                .containsExactlyInAnyOrder(
                        trusting("dev-image-publisher", repository + ":ref:refs/heads/main"),
                        trusting("dev-deployer", repository + ":ref:refs/heads/main"),
                        trusting("dev-reviewer", repository + ":pull_request"));
    }

    private static String trusting(String role, String subject) {
        String issuer = "token.actions.githubusercontent.com";
        return "%1$s {\"StringEquals\":{\"%2$s:aud\":\"sts.amazonaws.com\",\"%2$s:sub\":\"%3$s\"}}"
                .formatted(role, issuer, subject);
    }

    /** A pull request is unreviewed code, so its role is read-only. */
    @Test
    void limitsPullRequestsToReading() {
        SynthesizedApp dev = SynthesizedApp.of("dev");
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
