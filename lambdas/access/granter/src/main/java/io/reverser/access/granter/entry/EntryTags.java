package io.reverser.access.granter.entry;

import io.reverser.access.request.RequestId;
import io.reverser.runtime.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tags of an access entry: the authoritative record of its owner and its expiry. A message authentication code
 * (MAC) over the tags reveals changes to them.
 *
 * @param entry the access entry that has the tags
 * @param approvers the approvers' Slack user IDs, or the approval mode if no person approved the request
 */
public record EntryTags(
        EntryRef entry, RequestId requestId, String requester, List<String> approvers, Instant expiresAt) {

    static final String MANAGED_TAG = "cluster-access:managed";
    static final String MANAGED_VERSION = "v1";

    private static final String TAG_PREFIX = "cluster-access:";
    private static final String REQUEST_ID_TAG = TAG_PREFIX + "request-id";
    private static final String REQUESTER_TAG = TAG_PREFIX + "requester";
    private static final String APPROVERS_TAG = TAG_PREFIX + "approvers";
    private static final String EXPIRES_AT_TAG = TAG_PREFIX + "expires-at";
    private static final String MAC_TAG = TAG_PREFIX + "mac";

    /** The key of an access entry: a cluster and an IAM principal. */
    public record EntryRef(String cluster, String principalArn) {}

    public static boolean isManaged(Map<String, String> tags) {
        return MANAGED_VERSION.equals(tags.get(MANAGED_TAG));
    }

    /** The request ID in the tags, without a check of the MAC. */
    public static Optional<RequestId> parseRequestId(Map<String, String> tags) {
        return RequestId.parse(tags.getOrDefault(REQUEST_ID_TAG, ""));
    }

    /** Parses the tags; empty when a tag is missing or invalid, or when the MAC does not match. */
    public static Optional<EntryTags> parseVerified(EntryRef entry, Map<String, String> tags, byte[] key) {
        try {
            var parsed = new EntryTags(
                    entry,
                    new RequestId(tags.getOrDefault(REQUEST_ID_TAG, "")),
                    tags.getOrDefault(REQUESTER_TAG, ""),
                    List.of(tags.getOrDefault(APPROVERS_TAG, "").split(" ", -1)),
                    Instant.parse(tags.getOrDefault(EXPIRES_AT_TAG, "")));
            boolean genuine =
                    MessageDigest.isEqual(bytes(parsed.computeMac(key)), bytes(tags.getOrDefault(MAC_TAG, "")));
            return genuine ? Optional.of(parsed) : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException garbled) {
            return Optional.empty();
        }
    }

    /**
     * The tags and the MAC over them, in the characters that AWS allows in tags: letters, digits, spaces and {@code + -
     * = . _ : / @}.
     */
    public Map<String, String> sign(byte[] key) {
        var tags = new HashMap<>(Map.of(
                MANAGED_TAG, MANAGED_VERSION,
                REQUEST_ID_TAG, requestId.value(),
                REQUESTER_TAG, requester,
                APPROVERS_TAG, String.join(" ", approvers),
                EXPIRES_AT_TAG, expiresAt.toString()));
        tags.put(MAC_TAG, computeMac(key));
        return tags;
    }

    /**
     * Computes the MAC over the tags and the access entry they are on. Each value is prefixed with its length, so that
     * no two sets of values have the same MAC input.
     */
    private String computeMac(byte[] key) {
        byte[][] parts = Stream.of(
                        entry.cluster(),
                        entry.principalArn(),
                        requestId.value(),
                        requester,
                        String.join(" ", approvers),
                        expiresAt.toString())
                .map(EntryTags::bytes)
                .flatMap(part -> Stream.of(
                        ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array(), part))
                .toArray(byte[][]::new);
        return Base64.getUrlEncoder().encodeToString(Sha256.hmac(key, parts));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
