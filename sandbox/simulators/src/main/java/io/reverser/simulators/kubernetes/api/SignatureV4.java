package io.reverser.simulators.kubernetes.api;

import io.reverser.simulators.HmacSha256;
import io.reverser.simulators.kubernetes.object.ContentHash;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Signature Version 4 (AWS's signing process) of a presigned GET request.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create a signed
 *     request</a>
 */
final class SignatureV4 {

    private static final String SIGNATURE_PARAMETER = "X-Amz-Signature";
    private static final String EMPTY_PAYLOAD = "";

    private SignatureV4() {}

    /**
     * Computes the expected signature of a presigned call.
     *
     * @param headers the values of the signed headers by lower-case header name
     */
    static String compute(PresignedCall call, Map<String, String> headers, String secret) {
        String credential = call.parameter("x-amz-credential");
        String scope = credential.substring(credential.indexOf('/') + 1);
        String text = String.join(
                "\n",
                "AWS4-HMAC-SHA256",
                call.parameter("x-amz-date"),
                scope,
                ContentHash.sha256(canonicalRequest(call, headers)));
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/", -1)) {
            key = HmacSha256.sign(key, part);
        }
        return HexFormat.of().formatHex(HmacSha256.sign(key, text));
    }

    private static String canonicalRequest(PresignedCall call, Map<String, String> headers) {
        List<String> signed = call.signedHeaders();
        String lines = signed.stream()
                .map(name -> name + ":" + headers.getOrDefault(name, "") + "\n")
                .collect(Collectors.joining());
        return String.join(
                "\n",
                "GET",
                "/",
                canonicalQuery(call.parameters()),
                lines,
                String.join(";", signed),
                ContentHash.sha256(EMPTY_PAYLOAD));
    }

    private static String canonicalQuery(Map<String, String> parameters) {
        var encoded = new TreeMap<String, String>();
        parameters.forEach((name, value) -> encoded.put(encode(name), encode(value)));
        encoded.remove(SIGNATURE_PARAMETER);
        return encoded.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
