package io.reverser.simulators.kubernetes.api;

import io.reverser.simulators.aws.eks.AccessEntry;
import io.reverser.simulators.aws.endpoint.AwsEndpoint;

/**
 * Authenticates the sender of an EKS token: finds the sender's access entry, which contains the Kubernetes user name
 * and groups.
 */
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
     * Authenticates the sender of a token.
     *
     * @throws ApiError when the token is invalid, or the sender has no access entry
     */
    AccessEntry authenticate(String token) {
        AccessKey key = tokenReview.review(token);
        return aws.eks()
                .findEntry(cluster, key.principalArn())
                .orElseThrow(() -> ApiError.unauthorized("no access entry for " + key.principalArn()));
    }

    /** The Kubernetes user name of an access entry, with the session name in it. */
    static String username(AccessEntry entry) {
        return entry.username().replace("{{SessionName}}", SESSION);
    }
}
