package io.reverser.cdk;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.cdk.addons.AddonsStack;
import io.reverser.cdk.app.AppStack;
import io.reverser.cdk.argocd.ArgoCdStack;
import io.reverser.cdk.charts.Catalogue;
import io.reverser.cdk.charts.ChartInstaller;
import io.reverser.cdk.charts.ValuePlaceholders;
import io.reverser.cdk.cluster.ClusterStack;
import io.reverser.cdk.database.DatabaseStack;
import io.reverser.cdk.database.DatabaseUser;
import io.reverser.cdk.delivery.DeliveryStack;
import io.reverser.cdk.functions.FunctionsStack;
import io.reverser.cdk.lambda.LambdaArtifacts;
import io.reverser.cdk.logs.LogRetentionAspect;
import io.reverser.cdk.network.NetworkStack;
import io.reverser.cdk.observability.ObservabilityStack;
import io.reverser.cdk.rotation.RotationStack;
import io.reverser.cdk.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.AspectOptions;
import software.amazon.awscdk.AspectPriority;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Tags;
import software.constructs.IConstruct;

/** Creates the stacks of an environment, and the dependencies between the stacks. */
public final class Platform {

    private final App app;
    private final Settings settings;

    private Platform(App app, Settings settings) {
        this.app = app;
        this.settings = settings;
    }

    /** Creates the CDK app with all stacks.
     *
     * @param kubectl path of the Lambda layer with kubectl and Helm
     * @param out the folder for the templates
     * @param unprotected the stacks that get no deletion protection yet, because they are not deployed
     */
    public static App createApp(
            Settings settings,
            Catalogue catalogue,
            LambdaArtifacts artifacts,
            Path kubectl,
            Path out,
            Set<String> unprotected) {
        var app = new App(AppProps.builder()
                .outdir(out.toString())
                .context(context(settings))
                .analyticsReporting(false)
                .build());
        new Platform(app, settings).addStacks(catalogue, artifacts, kubectl);
        Aspects.of(app).add(new LogRetentionAspect(settings));
        for (IConstruct stack : app.getNode().getChildren()) {
            boolean isProtected = settings.deletionProtection()
                    && !unprotected.contains(stack.getNode().getId());
            Aspects.of(stack)
                    .add(
                            new DeletionProtectionAspect(isProtected),
                            AspectOptions.builder()
                                    .priority(AspectPriority.MUTATING)
                                    .build());
        }
        Tags.of(app).add("environment", settings.name());
        Tags.of(app).add("platform", "reverser");
        return app;
    }

    private void addStacks(Catalogue catalogue, LambdaArtifacts artifacts, Path kubectl) {
        var network = new NetworkStack(app, stackId("network"), stackProps("The network"), settings);
        var clusterStack = new ClusterStack(
                app, stackId("cluster"), stackProps("The EKS cluster"), settings, network.vpc(), kubectl);
        var cluster = clusterStack.cluster();
        var database = new DatabaseStack(
                app,
                stackId("database"),
                stackProps("Aurora MySQL"),
                settings,
                network.vpc(),
                cluster.getClusterSecurityGroup());
        new DatabaseUser(database, settings, artifacts, database.cluster(), database.applicationSecret());
        var rotation = new RotationStack(
                app,
                stackId("rotation"),
                stackProps("Rotation of the database password"),
                settings,
                artifacts,
                network.vpc(),
                cluster.getClusterSecurityGroup(),
                database.cluster(),
                database.securityGroup(),
                Objects.requireNonNull(database.cluster().getSecret()),
                database.applicationSecret());
        rotation.getNode().addDependency(clusterStack);
        rotation.getNode().addDependency(database);
        var delivery = new DeliveryStack(app, stackId("delivery"), stackProps("Images"), settings);
        var functions = new FunctionsStack(app, stackId("functions"), stackProps("The functions"), settings, artifacts);

        var installer = new ChartInstaller(
                cluster,
                catalogue,
                ValuePlaceholders.of(
                        settings,
                        network.vpc().getVpcId(),
                        catalogue.autoscalerImageTag(settings.cluster().version())));
        var addons = new AddonsStack(
                app, stackId("addons"), stackProps("What runs in the cluster"), settings, cluster, installer);
        addons.getNode().addDependency(clusterStack);
        var argocd = new ArgoCdStack(
                app,
                stackId("argocd"),
                stackProps("Argo CD"),
                settings,
                cluster,
                installer,
                delivery.imageRepository());
        argocd.getNode().addDependency(addons);
        var appStack = new AppStack(app, stackId("app"), stackProps("The reverser"), settings, cluster, installer);
        appStack.getNode().addDependency(argocd);
        appStack.getNode().addDependency(database);
        var observability = new ObservabilityStack(
                app,
                stackId("observability"),
                stackProps("Alarms and dashboard"),
                settings,
                database.cluster().getClusterIdentifier(),
                functions.accessDeadLetterQueueName(),
                functions.slackApiId());
        observability.getNode().addDependency(functions);
        observability.getNode().addDependency(rotation);
        // An alarm fires without data, so Container Insights and the application have to exist before their alarms.
        observability.getNode().addDependency(appStack);
    }

    private String stackId(String part) {
        return settings.name() + "-" + part;
    }

    private StackProps stackProps(String description) {
        return StackProps.builder()
                .description(description + " of the environment " + settings.name())
                .env(Environment.builder()
                        .account(settings.account())
                        .region(settings.region())
                        .build())
                .build();
    }

    /** The CDK context: the availability zones, which CDK would otherwise look up in the AWS account, and feature flags. */
    private static Map<String, Object> context(Settings settings) {
        Map<String, Object> context = featureFlags();
        context.put(
                "availability-zones:account=%s:region=%s".formatted(settings.account(), settings.region()),
                settings.network().zones());
        return context;
    }

    /**
     * All feature flags that {@code cdk init} sets for a new app. After the first deployment, some of them must not
     * change: CloudFormation would refuse the changed templates, or replace resources.
     */
    private static Map<String, Object> featureFlags() {
        try (InputStream flags = Platform.class.getResourceAsStream("feature-flags.json")) {
            return new ObjectMapper()
                    .readValue(Objects.requireNonNull(flags), new TypeReference<TreeMap<String, Object>>() {});
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
