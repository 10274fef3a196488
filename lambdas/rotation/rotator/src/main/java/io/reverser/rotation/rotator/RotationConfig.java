package io.reverser.rotation.rotator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** What the function has to be told. */
@ConfigMapping(prefix = "rotation")
interface RotationConfig {

    /** Name of the environment, like {@code dev}: in messages and as the dimension of metrics. */
    String environment();

    /** The section {@code rotation} of the settings, as JSON. */
    @WithDefault("/opt/rotation.json")
    Path planFile();

    /** The secret that is rotated: a JSON object with the four {@code MYSQL_*} keys, and others. Name or ARN. */
    String secret();

    /** The secret with {@code username} and {@code password} of the database's administrator. */
    String administratorSecret();

    /** The DynamoDB table in which rotations are written down. */
    String table();

    /** The secret with Slack's {@code bot_token} and {@code signing_secret}. */
    String slackSecret();

    /** Where Slack's Web API is. */
    @WithDefault("https://slack.com/api/")
    URI slackApi();

    /** The EKS cluster that the application runs in. */
    String cluster();

    /** The application's namespace. */
    @WithDefault("reverser")
    String namespace();

    /** The application's Deployment. */
    @WithDefault("reverser")
    String deployment();

    /** What brings the secret into the cluster. */
    @WithDefault("database")
    String externalSecret();

    /** How the database is reached; its host is in the secret. */
    Database database();

    /** Host of a reader, or host and port, where logins are tried as well. */
    Optional<String> reader();

    /** How the database is reached. */
    interface Database {

        /** PEM file of the authorities that sign its certificate; nothing else is believed. */
        @WithDefault("/opt/rds.pem")
        Path ca();

        /** Its port. */
        @WithDefault("3306")
        int port();
    }
}
