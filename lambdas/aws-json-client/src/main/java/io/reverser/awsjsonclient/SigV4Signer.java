package io.reverser.awsjsonclient;

import io.reverser.runtime.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Computes AWS Signature Version 4 for a POST to {@code /}, the only kind of HTTP request that AWS's JSON services
 * accept.
 *
 * @param service the service's name in the credential scope, such as {@code dynamodb}
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create a
 *     signed AWS API request</a>
 */
record SigV4Signer(String region, String service, AwsCredentialsCache.AccessKey accessKey) {

    private static final DateTimeFormatter TIMESTAMP_FORMAT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int DATE_LENGTH = 8;
    private static final HexFormat HEX = HexFormat.of();

    /** The headers to send: the given headers, and those of the signature. */
    Map<String, String> sign(Map<String, String> headers, byte[] body, Instant now) {
        String time = TIMESTAMP_FORMAT.format(now);
        SortedMap<String, String> signed = new TreeMap<>(headers);
        signed.put("x-amz-date", time);
        accessKey.sessionToken().ifPresent(token -> signed.put("x-amz-security-token", token));
        String names = String.join(";", signed.keySet());
        String canonicalRequest = "POST\n/\n\n"
                + signed.entrySet().stream()
                        .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                        .collect(Collectors.joining())
                + "\n" + names + "\n" + sha256Hex(body);
        String date = time.substring(0, DATE_LENGTH);
        String scope = String.join("/", date, region, service, "aws4_request");
        String stringToSign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + sha256Hex(utf8(canonicalRequest));
        signed.put(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=" + accessKey.id() + "/" + scope + ", SignedHeaders=" + names
                        + ", Signature=" + HEX.formatHex(hmacSha256(signingKey(date), stringToSign)));
        return signed;
    }

    private byte[] signingKey(String date) {
        byte[] dateKey = hmacSha256(utf8("AWS4" + accessKey.secret()), date);
        return hmacSha256(hmacSha256(hmacSha256(dateKey, region), service), "aws4_request");
    }

    private static byte[] hmacSha256(byte[] key, String text) {
        return Sha256.hmac(key, utf8(text));
    }

    private static String sha256Hex(byte[] content) {
        return HEX.formatHex(Sha256.hash(content));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
