package io.reverser.cdk.delivery;

import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ecr.LifecycleRule;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.ecr.TagMutability;
import software.amazon.awscdk.services.iam.OidcProviderNative;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.WebIdentityPrincipal;
import software.constructs.Construct;

/** The image repository, and a role that only this repository's main branch on GitHub can take, without any key. */
public final class DeliveryStack extends Stack {

    private static final String GITHUB = "token.actions.githubusercontent.com";
    private static final int IMAGES_KEPT = 50;

    private final Repository images;

    /** For one branch of one repository. */
    public DeliveryStack(Construct scope, String id, StackProps properties, Settings settings) {
        super(scope, id, properties);
        images = Repository.Builder.create(this, "Images")
                .repositoryName(settings.name() + "/reverser")
                .imageTagMutability(TagMutability.IMMUTABLE)
                .imageScanOnPush(true)
                .lifecycleRules(List.of(LifecycleRule.builder()
                        .description("enough to go back")
                        .maxImageCount(IMAGES_KEPT)
                        .build()))
                .removalPolicy(settings.database().isProtected() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY)
                .emptyOnDelete(!settings.database().isProtected())
                .build();
        var github = OidcProviderNative.Builder.create(this, "GitHub")
                .url("https://" + GITHUB)
                .clientIds(List.of("sts.amazonaws.com"))
                .build();
        var subject = "repo:%s:ref:refs/heads/%s"
                .formatted(settings.delivery().repository(), settings.delivery().branch());
        var publisher = Role.Builder.create(this, "Publisher")
                .roleName(settings.name() + "-image-publisher")
                .description("Taken by the workflow that publishes images")
                .assumedBy(new WebIdentityPrincipal(
                        github.getOidcProviderArn(),
                        Map.of("StringEquals", Map.of(GITHUB + ":aud", "sts.amazonaws.com", GITHUB + ":sub", subject))))
                .maxSessionDuration(Duration.hours(1))
                .build();
        images.grantPullPush(publisher);
    }

    /** Where the reverser's images are. */
    public Repository images() {
        return images;
    }
}
