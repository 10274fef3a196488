package io.reverser.cdk.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.configreader.ConfigSection;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The section {@code delivery}: where the software comes from.
 *
 * @param repository on GitHub, {@code owner/name}
 * @param numbers what GitHub's tokens name it by as well, if it was made, renamed or moved since July 2026
 * @param gitSecret the name of the secret with {@code username} and {@code password}, with which Argo CD reads the
 *     repository and writes new image tags to it
 */
public record DeliverySettings(String repository, Optional<Numbers> numbers, String branch, String gitSecret) {

    private static final Pattern REPOSITORY = Pattern.compile("[\\w.-]+/[\\w.-]+");
    private static final Pattern BRANCH = Pattern.compile("[\\w./-]+");

    /** GitHub's own, which no other repository gets when names are free again. */
    public record Numbers(long owner, long repository) {}

    static DeliverySettings read(ConfigSection delivery) {
        delivery.allowOnly("repository", "owner_id", "repository_id", "branch", "git_secret");
        return new DeliverySettings(
                delivery.text("repository", REPOSITORY, "a GitHub repository, owner/name"),
                numbers(delivery),
                delivery.text("branch", BRANCH, "a branch"),
                delivery.text("git_secret", Patterns.SECRET_NAME, "the name of a secret"));
    }

    private static Optional<Numbers> numbers(ConfigSection delivery) {
        return delivery.has("owner_id") || delivery.has("repository_id")
                ? Optional.of(new Numbers(number(delivery, "owner_id"), number(delivery, "repository_id")))
                : Optional.empty();
    }

    private static long number(ConfigSection delivery, String key) {
        JsonNode number = delivery.node().path(key);
        if (!number.isIntegralNumber() || !number.canConvertToLong() || number.asLong() < 1) {
            delivery.reject(key, "a number of GitHub's; owner_id and repository_id stand together or not at all");
        }
        return number.asLong();
    }

    /** As GitHub's tokens begin: {@code repo:owner/name}, or {@code repo:owner@1/name@2}. */
    public String subject() {
        return "repo:"
                + numbers.map(its -> repository.replace("/", "@" + its.owner() + "/") + "@" + its.repository())
                        .orElse(repository);
    }

    /** As Argo CD clones it. */
    public String url() {
        return "https://github.com/" + repository + ".git";
    }
}
