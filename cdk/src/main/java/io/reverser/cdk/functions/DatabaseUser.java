package io.reverser.cdk.functions;

import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.Objects;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.rds.DatabaseCluster;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.triggers.Trigger;
import software.constructs.Construct;

/**
 * Gives the reverser its own account: Aurora makes only the administrator's. Called when the database is there and again
 * whenever the function changes, which does no harm.
 */
public final class DatabaseUser extends Construct {

    private static final Duration LONGEST = Duration.minutes(3);

    /** The account that a secret with the {@code MYSQL_*} keys describes, and the one that takes turns with it. */
    public DatabaseUser(
            Construct scope, Settings settings, Packages packages, DatabaseCluster cluster, ISecret application) {
        super(scope, "User");
        ISecret administrator = Objects.requireNonNull(cluster.getSecret());
        var maker = new QuarkusFunction(this, "Maker", settings, packages.databaseUser())
                .environment("DATABASE_CLUSTER_ARN", cluster.getClusterArn())
                .environment("DATABASE_ADMINISTRATOR_SECRET", administrator.getSecretArn())
                .environment("DATABASE_APPLICATION_SECRET", application.getSecretArn());
        List<String> turns = settings.rotation().users();
        if (!turns.isEmpty()) {
            maker.environment("DATABASE_USERS", String.join(",", turns));
        }
        administrator.grantRead(maker.function());
        application.grantRead(maker.function());
        maker.function()
                .addToRolePolicy(PolicyStatement.Builder.create()
                        .sid("Account")
                        .actions(List.of("rds-data:ExecuteStatement"))
                        .resources(List.of(cluster.getClusterArn()))
                        .build());
        Trigger.Builder.create(this, "Make")
                .handler(maker.function())
                .timeout(LONGEST)
                .executeAfter(List.of(cluster, maker))
                .build();
    }
}
