package io.reverser.access.granter;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** What the function has to be told. */
@ConfigMapping(prefix = "access")
interface GranterConfig {

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

    /** The secret with {@code mac_key}, the key of the MAC that reveals changes to an access entry's tags. */
    String macSecret();

    /** How long before the end its owner is told. */
    @WithDefault("10m")
    Duration remindBeforeEnd();

    /** The schedules that end grants. */
    Schedule schedule();

    /** The schedules that end grants. */
    interface Schedule {

        /** The schedule group that the function may write to. */
        String group();

        /** What the schedule may do: call the function, and put what it could not deliver into the queue. */
        String roleArn();

        /** This function. */
        String functionArn();

        /** Where a call goes that could not be delivered. */
        String deadLetterQueueArn();

        /** How often the scheduler tries again. */
        @WithDefault("20")
        int maxRetries();

        /** How long the scheduler tries again; after that the sweep ends the grant. */
        @WithDefault("1h")
        Duration maxEventAge();
    }
}
