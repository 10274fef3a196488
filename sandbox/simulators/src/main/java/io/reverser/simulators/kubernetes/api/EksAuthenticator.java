package io.reverser.simulators.kubernetes.api;

import io.reverser.simulators.aws.eks.AccessEntry;
import io.reverser.simulators.aws.endpoint.AwsEndpoint;

/** Finds the access entry of whoever sent a token: who they are in the cluster, and of which groups. */
final class EksAuthenticator {

    private static final String SESSION = "sandbox";

    private final String cluster;
    private final AwsEndpoint aws;
    private final TokenReview tokenReview;

    EksAuthenticator(String cluster, AwsEndpoint aws) {
        this.cluster = cluster;
        this.aws = aws;
        this.tokenReview = new TokenReview(cluster, aws.clock());
    }

    void register(AccessKey key) {
        tokenReview.register(key);
    }

    /**
     * Returns the entry.
     *
     * @throws ApiError when the token is not good, or its principal has no entry
     */
    AccessEntry authenticate(String token) {
        AccessKey key = tokenReview.review(token);
        return aws.eks()
                .findEntry(cluster, key.principalArn())
                .orElseThrow(() -> ApiError.unauthorized("no access entry for " + key.principalArn()));
    }

    /** What Kubernetes calls the user of an entry. */
    static String username(AccessEntry entry) {
        return entry.username().replace("{{SessionName}}", SESSION);
    }
}
