package io.reverser.alarms.notifier;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** The configuration of the function. */
@ConfigMapping(prefix = "alarms")
interface AlarmsConfig {

    /** The section {@code alarms} of the settings, as JSON. */
    @WithDefault("/opt/alarms.json")
    Path routesFile();

    /** The DynamoDB table of alarms. */
    String table();

    /** The secret with Slack's {@code bot_token} and {@code signing_secret}. */
    String slackSecret();

    /** Where Slack's Web API is. */
    @WithDefault("https://slack.com/api/")
    URI slackApi();

    /** The prefix of valid response URLs; others are not called. */
    @WithDefault("https://hooks.slack.com/")
    String slackResponseUrlPrefix();

    /** URLs of the queues. */
    QueueUrls queue();

    /** How long after it was resolved an alarm that fires again reopens its message. */
    @WithDefault("15m")
    Duration episodeReopenWindow();

    /** How long an undelivered notification is retried before it goes to the dead-letter queue. */
    @WithDefault("4h")
    Duration maxAge();

    /** The minimum interval between two calls about one channel. Slack's limit is one message per second. */
    @WithDefault("1s")
    Duration minInterval();

    /** URLs of the queues. */
    interface QueueUrls {

        /** Of CloudWatch's notifications. */
        String alarms();

        /** Of clicks, graphs to render and channels to refresh. */
        String work();

        /** Of notifications that could not be delivered. */
        String deadLetters();
    }
}
