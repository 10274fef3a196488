package io.reverser.rotation.rotator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Settings of the function that rotates the database password, from environment variables like {@code ROTATION_SECRET}.
 */
@ConfigMapping(prefix = "rotation")
interface RotationConfig {

    /** Name of the environment, like {@code dev}, which appears in Slack messages and as the dimension of metrics. */
    String environment();

    /** JSON file with the section {@code rotation} of the settings. */
    @WithDefault("/opt/rotation.json")
    Path planFile();

    /**
     * Name or ARN of the secret to rotate: a JSON object with the four {@code MYSQL_*} keys, and possibly other keys.
     */
    String secret();

    /** Name or ARN of the secret with {@code username} and {@code password} of the database administrator. */
    String administratorSecret();

    /** Name of the DynamoDB table for the rotation log. */
    String table();

    /** Name or ARN of the secret with Slack's {@code bot_token} and {@code signing_secret}. */
    String slackSecret();

    /** Base URL of Slack's Web API. */
    @WithDefault("https://slack.com/api/")
    URI slackApi();

    /** Name of the EKS cluster that the application runs in. */
    String cluster();

    /** The application's namespace. */
    @WithDefault("reverser")
    String namespace();

    /** The application's Deployment. */
    @WithDefault("reverser")
    String deployment();

    /** The ExternalSecret that syncs the rotated secret into the cluster. */
    @WithDefault("database")
    String externalSecret();

    Database database();

    /** Host, or host and port, of a database reader. If set, logins are tested there as well as on the writer. */
    Optional<String> reader();

    /** The connection to the database; the database's host is in the rotated secret. */
    interface Database {

        /** PEM file of the only certificate authorities that the function trusts for the database. */
        @WithDefault("/opt/rds.pem")
        Path ca();

        @WithDefault("3306")
        int port();
    }
}
