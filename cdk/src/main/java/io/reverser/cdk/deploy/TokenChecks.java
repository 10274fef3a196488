package io.reverser.cdk.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverser.cdk.settings.DeliverySettings;
import io.reverser.cdk.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether the tokens in the two secrets have the rights that the platform needs. No message contains a token. */
record TokenChecks(SlackWorkspace slack, GitRepository git, Settings settings, Path repository) {

    /** From this day on, the tokens of workflows in new GitHub repositories contain IDs. */
    private static final Instant SUBJECTS_WITH_IDS = Instant.parse("2026-07-15T00:00:00Z");

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    List<String> checkSlack(JsonNode secret) {
        String token = secret.path("bot_token").asText();
        String secretName = settings.operations().slackSecret();
        try {
            SlackWorkspace.Token found = slack.test(token);
            if (!found.error().isEmpty()) {
                return List.of(DeployMessages.rejectedSlackToken(secretName, found.error()));
            }
            String team = settings.access().slack().teamId();
            if (!team.equals(found.teamId())) {
                return List.of(DeployMessages.otherSlackWorkspace(secretName, found.teamId(), team));
            }
            var problems = new ArrayList<String>();
            var missing = new TreeSet<>(requiredScopes());
            missing.removeAll(found.scopes());
            if (!missing.isEmpty()) {
                problems.add(DeployMessages.missingSlackScopes(missing, secretName));
            }
            for (Map.Entry<String, String> channel : channels().entrySet()) {
                if (!slack.isMember(token, channel.getKey())) {
                    problems.add(DeployMessages.notInSlackChannel(channel.getKey(), channel.getValue()));
                }
            }
            return problems;
        } catch (IOException unreachable) {
            return List.of(DeployMessages.unreachable("Slack", String.valueOf(unreachable.getMessage())));
        }
    }

    /** The channels that the functions post to, each with its first key in the settings. */
    private Map<String, String> channels() {
        var channels = new TreeMap<String, String>();
        channels.put(settings.access().slack().approvalsChannelId(), "access.slack.approvals");
        channels.putIfAbsent(settings.alarmsJson().path("channel").asText(), "alarms.channel");
        for (JsonNode route : settings.alarmsJson().path("routes")) {
            channels.putIfAbsent(route.path("channel").asText(), "alarms.routes");
        }
        channels.putIfAbsent(settings.rotationJson().path("channel").asText(), "rotation.channel");
        return channels;
    }

    private Set<String> requiredScopes() throws IOException {
        return new YAMLMapper()
                .readTree(repository.resolve("docs/slack-app.yaml").toFile())
                .at("/oauth_config/scopes/bot")
                .valueStream()
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }

    List<String> checkGit(JsonNode secret) {
        DeliverySettings delivery = settings.delivery();
        String password = secret.path("password").asText();
        try {
            int status = git.beginPush(secret.path("username").asText(), password);
            if (status != OK) {
                return List.of(
                        status == UNAUTHORIZED
                                ? DeployMessages.rejectedGitToken(delivery)
                                : DeployMessages.gitTokenCannotPush(delivery, status));
            }
            return git.describe(password).flatMap(found -> checkIds(delivery, found)).stream()
                    .toList();
        } catch (IOException unreachable) {
            return List.of(DeployMessages.unreachable(
                    "the Git repository " + delivery.repository(), String.valueOf(unreachable.getMessage())));
        }
    }

    /** GitHub's OIDC tokens contain the IDs, and AWS compares them with those in the roles' trust policies. */
    private static Optional<String> checkIds(DeliverySettings delivery, JsonNode found) {
        long ownerId = found.at("/owner/id").asLong();
        long repositoryId = found.path("id").asLong();
        boolean same = delivery.ownerId() == ownerId && delivery.repositoryId() == repositoryId;
        boolean needed = delivery.ownerId() != 0
                || !Instant.parse(found.path("created_at").asText("1970-01-01T00:00:00Z"))
                        .isBefore(SUBJECTS_WITH_IDS);
        return same || !needed
                ? Optional.empty()
                : Optional.of(DeployMessages.otherGitHubIds(delivery, ownerId, repositoryId));
    }
}
