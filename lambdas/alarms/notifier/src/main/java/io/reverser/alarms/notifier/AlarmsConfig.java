package io.reverser.alarms.notifier;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** The configuration of the function. */
@ConfigMapping(prefix = "alarms")
interface AlarmsConfig {

    /** The JSON file with the section {@code alarms} of the settings. */
    @WithDefault("/opt/alarms.json")
    Path routesFile();

    /** The DynamoDB table of alarms. */
    String table();

    /** The name or ARN of the secret with Slack's {@code bot_token} and {@code signing_secret}. */
    String slackSecret();

    /** The base URL of Slack's Web API. */
    @WithDefault("https://slack.com/api/")
    URI slackApi();

    /** The prefix of Slack's response URLs; the function calls no others. */
    @WithDefault("https://hooks.slack.com/")
    String slackResponseUrlPrefix();

    /** URLs of the queues. */
    QueueUrls queue();

    /** An alarm that fires again within this time after it was resolved continues in the same message. */
    @WithDefault("15m")
    Duration episodeReopenWindow();

    /** How long an undelivered notification is retried before it goes to the dead-letter queue. */
    @WithDefault("4h")
    Duration maxAge();

    /** The minimum interval between two Slack calls for one channel. Slack's limit is one message per second. */
    @WithDefault("1s")
    Duration minInterval();

    /** URLs of the queues. */
    interface QueueUrls {

        /** The queue of CloudWatch's notifications. */
        String alarms();

        /** The queue of clicks, graphs to render and channels to refresh. */
        String work();

        /** The queue of notifications that could not be delivered. */
        String deadLetters();
    }
}
