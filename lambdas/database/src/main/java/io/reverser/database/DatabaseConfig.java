package io.reverser.database;

import io.smallrye.config.ConfigMapping;

/** Where things are; each is an environment variable like {@code DATABASE_CLUSTER_ARN}. */
@ConfigMapping(prefix = "database")
interface DatabaseConfig {

    String clusterArn();

    /** Secret of the administrator, made with the database. */
    String administratorSecret();

    /** Secret that the application reads. */
    String applicationSecret();
}
