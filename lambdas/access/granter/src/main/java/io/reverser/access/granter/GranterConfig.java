package io.reverser.access.granter;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** The settings of the granter function. */
@ConfigMapping(prefix = "access")
interface GranterConfig {

    /** The file with the access section of the settings, as JSON. */
    @WithDefault("/opt/access.json")
    Path policyFile();

    /** The DynamoDB table of access requests. */
    String table();

    /** The name or ARN of the secret with Slack's {@code bot_token} and {@code signing_secret}. */
    String slackSecret();

    /** The base URL of Slack's Web API. */
    @WithDefault("https://slack.com/api/")
    URI slackApi();

    /**
     * The name or ARN of the secret with {@code mac_key}, the key of the MAC that reveals changes to an access entry's
     * tags.
     */
    String macSecret();

    /** How long before the expiry the requester gets a reminder. */
    @WithDefault("10m")
    Duration remindBeforeEnd();

    /** The schedules that end grants. */
    Schedule schedule();

    /** The schedules that end grants. */
    interface Schedule {

        /** The EventBridge schedule group that the function may write to. */
        String group();

        /**
         * The IAM role of the schedules, which may invoke the function and send undeliverable events to the dead-letter
         * queue.
         */
        String roleArn();

        /** The ARN of this function, which the schedules invoke. */
        String functionArn();

        /** The ARN of the dead-letter queue of the schedules. */
        String deadLetterQueueArn();

        /** How many times EventBridge Scheduler retries a failed invocation. */
        @WithDefault("20")
        int maxRetries();

        /**
         * How long EventBridge Scheduler retries a failed invocation; after that, the periodic sweep ends the grant.
         */
        @WithDefault("1h")
        Duration maxEventAge();
    }
}
