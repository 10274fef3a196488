package io.reverser.access.command;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The function's settings, from environment variables.
 *
 * @param policyFile {@code ACCESS_POLICY_FILE}: the access section of the settings, as JSON
 * @param rotationPlanFile {@code ROTATION_PLAN_FILE}: the rotation section of the settings, as JSON; only read for the
 *     slash command {@code /maintenance-window}
 * @param table {@code ACCESS_TABLE}: the DynamoDB table of access requests
 * @param slackSecret {@code ACCESS_SLACK_SECRET}: the secret with Slack's {@code bot_token} and {@code signing_secret}
 * @param slackApiUrl {@code ACCESS_SLACK_API}: the base URL of Slack's Web API
 * @param slackResponseUrlPrefix {@code ACCESS_SLACK_RESPONSE_URL_PREFIX}: the prefix of the response URLs that the
 *     function may call
 * @param alarmQueueUrl {@code ACCESS_ALARM_QUEUE_URL}: the URL of the work queue of the alarms function; without it,
 *     clicks on alarms are ignored
 */
record CommandConfig(
        Path policyFile,
        Path rotationPlanFile,
        String table,
        String slackSecret,
        URI slackApiUrl,
        String slackResponseUrlPrefix,
        Optional<String> alarmQueueUrl) {

    /**
     * Reads the environment variables.
     *
     * @throws IllegalArgumentException if a variable is missing; the message names it
     */
    static CommandConfig from(Map<String, String> environment) {
        return new CommandConfig(
                Path.of(environment.getOrDefault("ACCESS_POLICY_FILE", "/opt/access.json")),
                Path.of(environment.getOrDefault("ROTATION_PLAN_FILE", "/opt/rotation.json")),
                required(environment, "ACCESS_TABLE"),
                required(environment, "ACCESS_SLACK_SECRET"),
                URI.create(environment.getOrDefault("ACCESS_SLACK_API", "https://slack.com/api/")),
                environment.getOrDefault("ACCESS_SLACK_RESPONSE_URL_PREFIX", "https://hooks.slack.com/"),
                Optional.of(environment.getOrDefault("ACCESS_ALARM_QUEUE_URL", ""))
                        .filter(url -> !url.isBlank()));
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException("The environment variable " + name + " is not set");
        }
        return value;
    }
}
