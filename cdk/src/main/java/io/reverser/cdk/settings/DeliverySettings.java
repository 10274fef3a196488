package io.reverser.cdk.settings;

/**
 * The section {@code delivery}; {@code settings.schema.json} describes each key. The IDs of the owner and the
 * repository are 0 if GitHub's tokens contain only their names.
 */
public record DeliverySettings(
        String repository,
        long ownerId,
        long repositoryId,
        boolean existingOidcProvider,
        String branch,
        String gitSecret) {

    /**
     * The beginning of the subject in GitHub's OIDC tokens: {@code repo:owner/name}, or {@code repo:owner@1/name@2}.
     */
    public String subject() {
        return "repo:"
                + (ownerId == 0 ? repository : repository.replace("/", "@" + ownerId + "/") + "@" + repositoryId);
    }

    /** The URL that Argo CD clones. */
    public String url() {
        return "https://github.com/" + repository + ".git";
    }
}
