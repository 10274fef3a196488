package io.reverser.access.change;

import io.reverser.access.request.RequestId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The tags of an access entry, which say by themselves whose it is and when it ends. A code over them shows whether
 * somebody else changed them.
 *
 * @param entry which access entry they belong to
 * @param approvers Slack user IDs, or how it was decided without any
 */
record EntryTags(Entry entry, RequestId request, String requester, List<String> approvers, Instant expiresAt) {

    static final String MANAGED = "cluster-access:managed";
    static final String MANAGED_VERSION = "v1";

    private static final String PREFIX = "cluster-access:";
    private static final String REQUEST = PREFIX + "request-id";
    private static final String REQUESTER = PREFIX + "requester";
    private static final String APPROVERS = PREFIX + "approvers";
    private static final String EXPIRES = PREFIX + "expires-at";
    private static final String CODE = PREFIX + "mac";

    /** Whose access to which cluster. */
    record Entry(String cluster, String principalArn) {}

    static boolean areManaged(Map<String, String> tags) {
        return MANAGED_VERSION.equals(tags.get(MANAGED));
    }

    /** Which request made the entry, as far as its tags can be believed. */
    static Optional<RequestId> request(Map<String, String> tags) {
        return RequestId.parse(tags.getOrDefault(REQUEST, ""));
    }

    /** Only as long as nobody changed what this platform wrote. */
    static Optional<EntryTags> read(Entry entry, Map<String, String> tags, byte[] key) {
        try {
            var read = new EntryTags(
                    entry,
                    new RequestId(tags.getOrDefault(REQUEST, "")),
                    tags.getOrDefault(REQUESTER, ""),
                    List.of(tags.getOrDefault(APPROVERS, "").split(" ", -1)),
                    Instant.parse(tags.getOrDefault(EXPIRES, "")));
            boolean genuine = MessageDigest.isEqual(bytes(read.code(key)), bytes(tags.getOrDefault(CODE, "")));
            return genuine ? Optional.of(read) : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException garbled) {
            return Optional.empty();
        }
    }

    /** As they are written: AWS allows letters, digits, spaces and {@code + - = . _ : / @}. */
    Map<String, String> signed(byte[] key) {
        var tags = new HashMap<>(Map.of(
                MANAGED, MANAGED_VERSION,
                REQUEST, request.value(),
                REQUESTER, requester,
                APPROVERS, String.join(" ", approvers),
                EXPIRES, expiresAt.toString()));
        tags.put(CODE, code(key));
        return tags;
    }

    EntryTags until(Instant later) {
        return new EntryTags(entry, request, requester, approvers, later);
    }

    /** Every part with its length before it, so that no two sets of tags read alike. */
    private String code(byte[] key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (String part : List.of(
                    entry.cluster(),
                    entry.principalArn(),
                    request.value(),
                    requester,
                    String.join(" ", approvers),
                    expiresAt.toString())) {
                byte[] content = bytes(part);
                mac.update(ByteBuffer.allocate(Integer.BYTES)
                        .putInt(content.length)
                        .array());
                mac.update(content);
            }
            return Base64.getUrlEncoder().encodeToString(mac.doFinal());
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
