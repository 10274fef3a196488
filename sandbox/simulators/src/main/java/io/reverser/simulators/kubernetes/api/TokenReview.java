package io.reverser.simulators.kubernetes.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Validates tokens as EKS and STS do. EKS validates the form of a token, and sends the presigned call in the token to
 * STS, which validates the signature.
 *
 * @see <a href="https://github.com/kubernetes-sigs/aws-iam-authenticator">AWS IAM Authenticator for Kubernetes</a>
 */
final class TokenReview {

    private static final String CLUSTER_HEADER = "x-k8s-aws-id";
    private static final Pattern HOST = Pattern.compile("sts(?:\\.(?<region>[a-z0-9-]+))?\\.amazonaws\\.com");
    private static final Pattern CREDENTIAL =
            Pattern.compile("(?<key>[^/]+)/(?<day>\\d{8})/(?<region>[a-z0-9-]+)/(?<service>[a-z0-9-]+)/aws4_request");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Duration MAX_AGE = Duration.ofMinutes(15);
    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(5);

    private final String cluster;
    private final InstantSource clock;
    private final Map<String, AccessKey> keys = new ConcurrentHashMap<>();

    TokenReview(String cluster, InstantSource clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    void register(AccessKey key) {
        keys.put(key.id(), key);
    }

    /**
     * Validates a token and returns the access key that signed it.
     *
     * @throws ApiError when the token is malformed, expired, or not signed with a registered access key
     */
    AccessKey review(String token) {
        PresignedCall call = PresignedCall.parse(token);
        validateForm(call);
        validateTime(call);
        return verifySignature(call);
    }

    private static void validateForm(PresignedCall call) {
        require("https".equals(call.uri().getScheme()), "scheme");
        require(HOST.matcher(String.valueOf(call.uri().getAuthority())).matches(), "host is not an STS endpoint");
        require(call.uri().getPath().equals("/"), "path");
        require(call.parameter("action").equals("GetCallerIdentity"), "action is not GetCallerIdentity");
        require(call.signedHeaders().contains(CLUSTER_HEADER), CLUSTER_HEADER + " is not signed");
        require(call.parameter("x-amz-expires").matches("\\d{1,3}"), "X-Amz-Expires");
        require(Integer.parseInt(call.parameter("x-amz-expires")) <= MAX_AGE.toSeconds(), "X-Amz-Expires");
    }

    /** Checks the age of a token. A token is valid for 15 minutes, whatever the parameter X-Amz-Expires says. */
    private void validateTime(PresignedCall call) {
        Instant date = parseDate(call.parameter("x-amz-date"));
        Instant now = clock.instant();
        require(!now.isAfter(date.plus(MAX_AGE)), "X-Amz-Date is expired");
        require(!date.isAfter(now.plus(MAX_CLOCK_SKEW)), "X-Amz-Date is in the future");
    }

    private AccessKey verifySignature(PresignedCall call) {
        Matcher host = HOST.matcher(call.uri().getAuthority());
        Matcher credential = CREDENTIAL.matcher(call.parameter("x-amz-credential"));
        require(host.matches() && credential.matches(), "X-Amz-Credential");
        require(call.parameter("x-amz-algorithm").equals("AWS4-HMAC-SHA256"), "X-Amz-Algorithm");
        require(call.parameter("version").equals("2011-06-15"), "Version");
        require(credential.group("service").equals("sts"), "signed for a service other than sts");
        require(
                credential
                        .group("region")
                        .equals(Optional.ofNullable(host.group("region")).orElse("us-east-1")),
                "signed for a region other than the host's");
        require(
                call.parameter("x-amz-date").startsWith(credential.group("day")),
                "X-Amz-Credential and X-Amz-Date have different days");
        require(
                List.of("host", CLUSTER_HEADER).equals(call.signedHeaders()),
                "signed headers other than the sent ones");
        AccessKey key = keys.get(credential.group("key"));
        if (key == null) {
            throw ApiError.unauthorized("unknown access key");
        }
        String signature = SignatureV4.compute(
                call, Map.of("host", call.uri().getAuthority(), CLUSTER_HEADER, cluster), key.secret());
        require(constantTimeEquals(signature, call.parameter("x-amz-signature")), "the signature does not match");
        return key;
    }

    private static Instant parseDate(String text) {
        try {
            return TIME.parse(text, Instant::from);
        } catch (DateTimeException failure) {
            throw ApiError.unauthorized("X-Amz-Date");
        }
    }

    private static boolean constantTimeEquals(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static void require(boolean condition, String reason) {
        if (!condition) {
            throw ApiError.unauthorized(reason);
        }
    }
}
