package io.reverser.cdk.database;

import static io.reverser.cdk.iam.PolicyStatements.allow;

import io.reverser.cdk.lambda.LambdaArtifacts;
import io.reverser.cdk.lambda.SnapStartFunction;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.Objects;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.rds.DatabaseCluster;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.triggers.Trigger;
import software.constructs.Construct;

/** Creates the reverser's database account, because Aurora creates only the administrator's. A Lambda function does
 * this after the database is created, and again whenever the function's code changes. The function is idempotent.
 */
public final class DatabaseUser extends Construct {

    private static final Duration TIMEOUT = Duration.minutes(3);

    /**
     * Creates the account that the key {@code MYSQL_USER} of the secret names, and, with the rotation strategy {@code
     * alternating_users}, the second account.
     */
    public DatabaseUser(
            Construct scope,
            Settings settings,
            LambdaArtifacts artifacts,
            DatabaseCluster cluster,
            ISecret application) {
        super(scope, "User");
        ISecret administrator = Objects.requireNonNull(cluster.getSecret());
        var creator = new SnapStartFunction(this, "Creator", settings, artifacts.databaseUser())
                .environment("DATABASE_CLUSTER_ARN", cluster.getClusterArn())
                .environment("DATABASE_ADMINISTRATOR_SECRET", administrator.getSecretArn())
                .environment("DATABASE_APPLICATION_SECRET", application.getSecretArn());
        List<String> alternatingUsers = settings.rotation().users();
        if (!alternatingUsers.isEmpty()) {
            creator.environment("DATABASE_USERS", String.join(",", alternatingUsers));
        }
        administrator.grantRead(creator.function());
        application.grantRead(creator.function());
        creator.function()
                .addToRolePolicy(allow(
                        "ExecuteStatement", List.of("rds-data:ExecuteStatement"), List.of(cluster.getClusterArn())));
        Trigger.Builder.create(this, "CreateTrigger")
                .handler(creator.function())
                .timeout(TIMEOUT)
                .executeAfter(List.of(cluster, creator))
                .build();
    }
}
