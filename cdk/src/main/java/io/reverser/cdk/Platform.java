package io.reverser.cdk;

import io.reverser.cdk.cluster.ClusterStack;
import io.reverser.cdk.database.DatabaseStack;
import io.reverser.cdk.delivery.DeliveryStack;
import io.reverser.cdk.functions.FunctionsStack;
import io.reverser.cdk.functions.Packages;
import io.reverser.cdk.network.NetworkStack;
import io.reverser.cdk.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Tags;

/** The stacks of an environment, what stands on what, and nothing else. */
public final class Platform {

    private Platform() {}

    /**
     * Wires them.
     *
     * @param kubectl the layer with kubectl and helm
     * @param out where the templates go
     */
    public static App of(Settings settings, Packages packages, Path kubectl, Path out) {
        var app = new App(AppProps.builder()
                .outdir(out.toString())
                .context(context(settings))
                .analyticsReporting(false)
                .build());
        var network = new NetworkStack(app, name(settings, "network"), stack(settings, "The network"), settings);
        var cluster = new ClusterStack(
                app, name(settings, "cluster"), stack(settings, "The EKS cluster"), settings, network.vpc(), kubectl);
        new DatabaseStack(
                app,
                name(settings, "database"),
                stack(settings, "Aurora MySQL"),
                settings,
                network.vpc(),
                cluster.cluster().getClusterSecurityGroup());
        new DeliveryStack(app, name(settings, "delivery"), stack(settings, "Images"), settings);
        new FunctionsStack(app, name(settings, "functions"), stack(settings, "The functions"), settings, packages);
        Tags.of(app).add("environment", settings.name());
        Tags.of(app).add("platform", "reverser");
        return app;
    }

    private static String name(Settings settings, String part) {
        return settings.name() + "-" + part;
    }

    private static StackProps stack(Settings settings, String description) {
        return StackProps.builder()
                .description(description + " of the environment " + settings.name())
                .env(Environment.builder()
                        .account(settings.account())
                        .region(settings.region())
                        .build())
                .terminationProtection(settings.database().isProtected())
                .build();
    }

    /** What CDK would look up in the account, or would do in an old way. */
    private static Map<String, Object> context(Settings settings) {
        return Map.of(
                "availability-zones:account=%s:region=%s".formatted(settings.account(), settings.region()),
                settings.network().zones(),
                "@aws-cdk/aws-eks:useNativeOidcProvider",
                true,
                "@aws-cdk/aws-eks:defaultToAL2023",
                true,
                "@aws-cdk/aws-iam:minimizePolicies",
                true,
                "aws-cdk:enableDiffNoFail",
                true);
    }
}
