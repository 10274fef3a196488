package io.reverser.cdk;

import io.reverser.cdk.addons.AddonsStack;
import io.reverser.cdk.app.AppStack;
import io.reverser.cdk.argocd.ArgoCdStack;
import io.reverser.cdk.charts.Catalogue;
import io.reverser.cdk.charts.Fills;
import io.reverser.cdk.charts.Release;
import io.reverser.cdk.cluster.ClusterStack;
import io.reverser.cdk.database.DatabaseStack;
import io.reverser.cdk.delivery.DeliveryStack;
import io.reverser.cdk.functions.DatabaseUser;
import io.reverser.cdk.functions.FunctionsStack;
import io.reverser.cdk.functions.Packages;
import io.reverser.cdk.network.NetworkStack;
import io.reverser.cdk.observability.ObservabilityStack;
import io.reverser.cdk.rotation.RotationStack;
import io.reverser.cdk.settings.EndingLogs;
import io.reverser.cdk.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Tags;

/** The stacks of an environment, what stands on what, and nothing else. */
public final class Platform {

    private final App app;
    private final Settings settings;

    private Platform(App app, Settings settings) {
        this.app = app;
        this.settings = settings;
    }

    /**
     * Wires them.
     *
     * @param kubectl the layer with kubectl and helm
     * @param out where the templates go
     */
    public static App of(Settings settings, Catalogue catalogue, Packages packages, Path kubectl, Path out) {
        var app = new App(AppProps.builder()
                .outdir(out.toString())
                .context(context(settings))
                .analyticsReporting(false)
                .build());
        new Platform(app, settings).wire(catalogue, packages, kubectl);
        Aspects.of(app).add(new EndingLogs(settings));
        Tags.of(app).add("environment", settings.name());
        Tags.of(app).add("platform", "reverser");
        return app;
    }

    private void wire(Catalogue catalogue, Packages packages, Path kubectl) {
        var network = new NetworkStack(app, id("network"), about("The network"), settings);
        var clusters = new ClusterStack(app, id("cluster"), about("The EKS cluster"), settings, network.vpc(), kubectl);
        var cluster = clusters.cluster();
        var database = new DatabaseStack(
                app, id("database"), about("Aurora MySQL"), settings, network.vpc(), cluster.getClusterSecurityGroup());
        new DatabaseUser(database, settings, packages, database.cluster(), database.application());
        var rotation = new RotationStack(
                app,
                id("rotation"),
                about("What changes the database password"),
                settings,
                packages,
                new RotationStack.Surroundings(
                        network.vpc(),
                        cluster.getClusterSecurityGroup(),
                        database.cluster(),
                        database.group(),
                        new RotationStack.Secrets(
                                Objects.requireNonNull(database.cluster().getSecret()), database.application())));
        rotation.getNode().addDependency(clusters);
        rotation.getNode().addDependency(database);
        var delivery = new DeliveryStack(app, id("delivery"), about("Images"), settings);
        var functions = new FunctionsStack(app, id("functions"), about("The functions"), settings, packages);
        var observability = new ObservabilityStack(
                app,
                id("observability"),
                about("Alarms and dashboard"),
                settings,
                new ObservabilityStack.Watched(
                        database.cluster().getClusterIdentifier(), functions.undeliveredQueue(), functions.api()));
        observability.getNode().addDependency(functions);
        observability.getNode().addDependency(rotation);

        var release = new Release(
                cluster,
                catalogue,
                Fills.of(
                        settings,
                        network.vpc().getVpcId(),
                        catalogue.autoscaler(settings.cluster().version())));
        var addons = new AddonsStack(app, id("addons"), about("What runs in the cluster"), settings, cluster, release);
        addons.getNode().addDependency(clusters);
        var argocd =
                new ArgoCdStack(app, id("argocd"), about("Argo CD"), settings, cluster, release, delivery.images());
        argocd.getNode().addDependency(addons);
        var reverser = new AppStack(app, id("app"), about("The reverser"), settings, cluster, release);
        reverser.getNode().addDependency(argocd);
        reverser.getNode().addDependency(database);
    }

    private String id(String part) {
        return settings.name() + "-" + part;
    }

    private StackProps about(String description) {
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
                // Settings travel in layers: without this the alias stays at the version with the old ones.
                "@aws-cdk/aws-lambda:recognizeLayerVersion",
                true);
    }
}
