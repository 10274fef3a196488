package io.reverser.cdk.delivery;

import static io.reverser.cdk.iam.PolicyStatements.allow;

import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ecr.LifecycleRule;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.ecr.TagMutability;
import software.amazon.awscdk.services.iam.OidcProviderNative;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.Construct;

/** The image repository, and the IAM roles that GitHub workflows assume without access keys: two for the branch in the
 * settings, and a read-only one for pull requests.
 */
public final class DeliveryStack extends Stack {

    /** Enough for 50 builds: ECR counts the signature and the SBOM of an image as images, too. */
    private static final int MAX_IMAGES = 150;

    private final Repository imageRepository;

    /**
     * Creates the stack. Its roles trust one branch of one GitHub repository, and the pull requests of this repository.
     */
    public DeliveryStack(Construct scope, String id, StackProps properties, Settings settings) {
        super(scope, id, properties);
        imageRepository = Repository.Builder.create(this, "Images")
                .repositoryName(settings.name() + "/reverser")
                .imageTagMutability(TagMutability.IMMUTABLE)
                .imageScanOnPush(true)
                .lifecycleRules(List.of(LifecycleRule.builder()
                        .description("keeps enough images to roll back")
                        .maxImageCount(MAX_IMAGES)
                        .build()))
                .removalPolicy(settings.removalPolicy())
                .emptyOnDelete(!settings.deletionProtection())
                .build();
        String repository = settings.delivery().subject();
        String branch = repository + ":ref:refs/heads/" + settings.delivery().branch();
        var oidcRoles = new GitHubOidcRoles(this, settings, oidcProviderArn(settings));
        Role publisher = oidcRoles.createRole("image-publisher", "Pushes images, from the branch", branch);
        imageRepository.grantPullPush(publisher);
        imageRepository.grant(publisher, "ecr:DescribeImages");
        Role deployer = oidcRoles.createRole("deployer", "Deploys the stacks, from the branch", branch);
        deployer.addToPolicy(assumeBootstrapRoles(settings, "deploy", "file-publishing", "lookup"));
        deployer.addToPolicy(allow(
                "FindNewStacks",
                List.of("cloudformation:DescribeStacks"),
                List.of("arn:aws:cloudformation:%s:%s:stack/%s-*"
                        .formatted(settings.region(), settings.account(), settings.name()))));
        oidcRoles
                .createRole("reviewer", "Reads what a pull request would change", repository + ":pull_request")
                .addToPolicy(assumeBootstrapRoles(settings, "lookup"));
    }

    private String oidcProviderArn(Settings settings) {
        if (settings.delivery().existingOidcProvider()) {
            return "arn:aws:iam::%s:oidc-provider/%s".formatted(settings.account(), GitHubOidcRoles.ISSUER);
        }
        return OidcProviderNative.Builder.create(this, "GitHub")
                .url("https://" + GitHubOidcRoles.ISSUER)
                .clientIds(List.of("sts.amazonaws.com"))
                .build()
                .getOidcProviderArn();
    }

    /**
     * Allows assuming the roles that {@code cdk bootstrap} created; these roles have the permissions to deploy and to
     * read.
     */
    private static PolicyStatement assumeBootstrapRoles(Settings settings, String... roles) {
        return allow(
                "AssumeBootstrapRoles",
                List.of("sts:AssumeRole"),
                Stream.of(roles)
                        .map(role -> "arn:aws:iam::%1$s:role/cdk-hnb659fds-%3$s-role-%1$s-%2$s"
                                .formatted(settings.account(), settings.region(), role))
                        .toList());
    }

    /** The repository of the reverser's images. */
    public Repository imageRepository() {
        return imageRepository;
    }
}
