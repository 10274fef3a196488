package io.reverser.alarms.notifier;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** What the function has to be told. */
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

    /** How response URLs begin; no other is called. */
    @WithDefault("https://hooks.slack.com/")
    String slackResponseUrlPrefix();

    /** URLs of the queues. */
    QueueUrls queue();

    /** For how long after its end an episode goes on when its alarm rings again. */
    @WithDefault("15m")
    Duration episodeReopenWindow();

    /** How long something may wait before it goes to the dead-letter queue. */
    @WithDefault("4h")
    Duration maxAge();

    /** How long to wait between two calls about one channel: Slack takes one in a second. */
    @WithDefault("1s")
    Duration minInterval();

    /** URLs of the queues. */
    interface QueueUrls {

        /** Of what CloudWatch says. */
        String alarms();

        /** Of clicks and of pictures to be drawn. */
        String work();

        /** Of what could not be delivered. */
        String deadLetters();
    }
}
