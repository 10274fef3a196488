package io.reverser.alarms.notifier;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** The configuration of the function that posts alarms to Slack. */
@ConfigMapping(prefix = "alarms")
interface AlarmsConfig {

    /** The JSON file with the section {@code alarms} of the settings. */
    @WithDefault("/opt/alarms.json")
    Path routesFile();

    /** The name of the DynamoDB table for alarms and their outbox. */
    String table();

    /** The name or ARN of the secret with Slack's {@code bot_token} and {@code signing_secret}. */
    String slackSecret();

    /** The base URL of Slack's Web API. */
    @WithDefault("https://slack.com/api/")
    URI slackApi();

    /** The prefix of Slack's response URLs; the function calls only response URLs with this prefix. */
    @WithDefault("https://hooks.slack.com/")
    String slackResponseUrlPrefix();

    /** URLs of the function's SQS queues. */
    QueueUrls queue();

    /** An alarm that fires again within this time after it was resolved reopens its message in Slack. */
    @WithDefault("15m")
    Duration episodeReopenWindow();

    /** How long an undelivered notification is retried before it goes to the dead-letter queue. */
    @WithDefault("4h")
    Duration maxAge();

    /** The minimum interval between two Slack calls for one channel. Slack's limit is one message per second. */
    @WithDefault("1s")
    Duration minInterval();

    /** URLs of the function's SQS queues. */
    interface QueueUrls {

        /** The queue of CloudWatch's notifications. */
        String alarms();

        /** The queue of work items: clicks in Slack, graphs to render, and channels whose messages are out of date. */
        String work();

        /** The queue of notifications that could not be delivered. */
        String deadLetters();
    }
}
