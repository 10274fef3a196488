package io.reverser.databaseuser;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Settings of the function, from environment variables like {@code DATABASE_CLUSTER_ARN}. */
@ConfigMapping(prefix = "database")
interface DatabaseUserConfig {

    String clusterArn();

    /** ARN of the secret of the administrator, which RDS creates with the database. */
    String administratorSecret();

    /** ARN of the secret that the application reads. */
    String applicationSecret();

    /** The two accounts that a rotation alternates between; without them, only the account in the secret is created. */
    Optional<List<String>> users();
}
