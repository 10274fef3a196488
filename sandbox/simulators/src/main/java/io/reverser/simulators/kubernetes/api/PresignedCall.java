package io.reverser.simulators.kubernetes.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The presigned AWS call in an EKS token.
 *
 * @param parameters the decoded query parameters; their names are written as in the URL
 */
record PresignedCall(URI uri, Map<String, String> parameters) {

    private static final String PREFIX = "k8s-aws-v1.";
    private static final int MAX_TOKEN_LENGTH = 4096;
    private static final Set<String> ALLOWED_PARAMETERS = Set.of(
            "action",
            "version",
            "x-amz-algorithm",
            "x-amz-credential",
            "x-amz-date",
            "x-amz-expires",
            "x-amz-security-token",
            "x-amz-signature",
            "x-amz-signedheaders");

    /** Parses an EKS token. */
    static PresignedCall parse(String token) {
        if (token.length() > MAX_TOKEN_LENGTH) {
            throw ApiError.unauthorized("token is too large");
        }
        if (!token.startsWith(PREFIX)) {
            throw ApiError.unauthorized("token does not start with " + PREFIX);
        }
        URI uri = decodeUri(token.substring(PREFIX.length()));
        return new PresignedCall(uri, parseParameters(uri));
    }

    /**
     * Returns the value of a query parameter. The given name must be in lower case; the result is empty if there is no
     * such parameter.
     */
    String parameter(String name) {
        return parameters.entrySet().stream()
                .filter(entry -> entry.getKey().toLowerCase(Locale.ROOT).equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    List<String> signedHeaders() {
        return List.of(parameter("x-amz-signedheaders").split(";", -1));
    }

    /**
     * Decodes the URL in a token. Padding is rejected, because the AWS IAM Authenticator uses Go's
     * base64.RawURLEncoding, which rejects it.
     */
    private static URI decodeUri(String encoded) {
        try {
            if (encoded.contains("=")) {
                throw new IllegalArgumentException("padding");
            }
            return new URI(new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8));
        } catch (URISyntaxException | IllegalArgumentException failure) {
            throw ApiError.unauthorized("token is not a base64-encoded URL");
        }
    }

    private static Map<String, String> parseParameters(URI uri) {
        var parameters = new TreeMap<String, String>();
        for (String pair : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", -1)) {
            String[] parts = pair.split("=", 2);
            String name = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
            if (!ALLOWED_PARAMETERS.contains(name.toLowerCase(Locale.ROOT))) {
                throw ApiError.unauthorized("unknown parameter " + name);
            }
            String value = parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "";
            if (parameters.put(name, value) != null) {
                throw ApiError.unauthorized("duplicate parameter " + name);
            }
        }
        return parameters;
    }
}
