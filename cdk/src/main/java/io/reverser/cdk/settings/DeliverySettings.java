package io.reverser.cdk.settings;

import io.reverser.settings.Section;
import java.util.regex.Pattern;

/**
 * The section {@code delivery}: where the software comes from.
 *
 * @param repository on GitHub, {@code owner/name}
 * @param gitSecret the name of the secret with {@code username} and {@code password}, with which Argo CD reads the
 *     repository and writes new image tags to it
 */
public record DeliverySettings(String repository, String branch, String gitSecret) {

    private static final Pattern REPOSITORY = Pattern.compile("[\\w.-]+/[\\w.-]+");
    private static final Pattern BRANCH = Pattern.compile("[\\w./-]+");

    static DeliverySettings read(Section delivery) {
        delivery.knows("repository", "branch", "git_secret");
        return new DeliverySettings(
                delivery.text("repository", REPOSITORY, "a GitHub repository, owner/name"),
                delivery.text("branch", BRANCH, "a branch"),
                delivery.text("git_secret", Forms.SECRET, "the name of a secret"));
    }

    /** As Argo CD clones it. */
    public String url() {
        return "https://github.com/" + repository + ".git";
    }
}
