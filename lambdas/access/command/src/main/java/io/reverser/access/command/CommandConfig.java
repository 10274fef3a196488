package io.reverser.access.command;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;

/** What the function has to be told. */
@ConfigMapping(prefix = "access")
interface CommandConfig {

    /** The access section of the settings, as JSON or YAML. */
    @WithDefault("/opt/access.json")
    Path policyFile();

    /** The DynamoDB table of requests. */
    String table();

    /** The secret with Slack's {@code bot_token} and {@code signing_secret}. */
    String slackSecret();

    /** Where Slack's Web API is. */
    @WithDefault("https://slack.com/api/")
    URI slackApi();

    /** How response URLs begin; no other is called. */
    @WithDefault("https://hooks.slack.com/")
    String slackResponses();
}
