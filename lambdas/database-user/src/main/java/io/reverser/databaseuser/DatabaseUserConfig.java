package io.reverser.databaseuser;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Where things are; each is an environment variable like {@code DATABASE_CLUSTER_ARN}. */
@ConfigMapping(prefix = "database")
interface DatabaseUserConfig {

    String clusterArn();

    /** Secret of the administrator, made with the database. */
    String administratorSecret();

    /** Secret that the application reads. */
    String applicationSecret();

    /** Accounts that take turns, the one of the secret among them; without them there is only that one. */
    Optional<List<String>> users();
}
