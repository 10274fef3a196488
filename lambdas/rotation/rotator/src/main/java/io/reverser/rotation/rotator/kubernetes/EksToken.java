package io.reverser.rotation.rotator.kubernetes;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/**
 * A bearer token for EKS: a presigned STS {@code GetCallerIdentity} request, which the cluster sends to STS to identify
 * the caller.
 *
 * @param region the region of STS and of the cluster
 * @see <a href="https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html">EKS best
 *     practices: the bearer token</a>
 */
public record EksToken(String region, AwsCredentialsProvider credentials, Clock clock) {

    private static final Duration PRESIGNED_URL_TTL = Duration.ofMinutes(1);

    /** Creates a token for this cluster, which is valid for some minutes. */
    String forCluster(String cluster) {
        var stsRequest = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(URI.create(
                        "https://sts." + region + ".amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15"))
                .putHeader("x-k8s-aws-id", cluster)
                .build();
        URI signed = AwsV4HttpSigner.create()
                .sign(request -> request.identity(credentials.resolveCredentials())
                        .request(stsRequest)
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(
                                AwsV4FamilyHttpSigner.AUTH_LOCATION, AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, PRESIGNED_URL_TTL)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock))
                .request()
                .getUri();
        return "k8s-aws-v1."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(signed.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "EksToken[" + region + "]";
    }
}
