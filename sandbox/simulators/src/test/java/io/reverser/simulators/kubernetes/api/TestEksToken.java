package io.reverser.simulators.kubernetes.api;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** An authentication token for EKS, created as EKS clients do and signed by the AWS SDK. */
record TestEksToken(SdkHttpRequest call, String service, String secret, Instant time, Duration expires) {

    static TestEksToken forCluster(String cluster, Instant time) {
        SdkHttpRequest call = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(URI.create("https://sts.eu-central-1.amazonaws.com/"))
                .putRawQueryParameter("Action", "GetCallerIdentity")
                .putRawQueryParameter("Version", "2011-06-15")
                .putHeader("x-k8s-aws-id", cluster)
                .build();
        return new TestEksToken(call, "sts", "sandbox", time, Duration.ofMinutes(1));
    }

    TestEksToken with(SdkHttpRequest other) {
        return new TestEksToken(other, service, secret, time, expires);
    }

    TestEksToken forService(String other) {
        return new TestEksToken(call, other, secret, time, expires);
    }

    TestEksToken signedWith(String other) {
        return new TestEksToken(call, service, other, time, expires);
    }

    TestEksToken expiring(Duration after) {
        return new TestEksToken(call, service, secret, time, after);
    }

    String text() {
        URI signed = AwsV4HttpSigner.create()
                .sign(request -> request.identity(AwsCredentialsIdentity.create("sandbox", secret))
                        .request(call)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, expires)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(time, ZoneOffset.UTC)))
                .request()
                .getUri();
        return encoded(signed.toString());
    }

    static String encoded(String url) {
        return "k8s-aws-v1."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(url.getBytes(StandardCharsets.UTF_8));
    }

    static String decoded(String token) {
        return new String(Base64.getUrlDecoder().decode(token.substring(11)), StandardCharsets.UTF_8);
    }
}
