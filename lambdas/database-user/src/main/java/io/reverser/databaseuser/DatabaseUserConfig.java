package io.reverser.databaseuser;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the function that creates database accounts, from environment variables like
 * {@code DATABASE_CLUSTER_ARN}.
 */
@ConfigMapping(prefix = "database")
interface DatabaseUserConfig {

    String clusterArn();

    /** ARN of the secret with the administrator's login; RDS creates this secret together with the database. */
    String administratorSecret();

    /** ARN of the secret with the application's login. */
    String applicationSecret();

    /**
     * The two accounts between which password rotations alternate; if empty, only the account in the application's
     * secret is created.
     */
    Optional<List<String>> users();
}
