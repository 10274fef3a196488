package io.reverser.access.granter.entry;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.access.granter.entry.EntryTags.EntryRef;
import io.reverser.access.request.RequestId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryTagsTest {

    private static final byte[] KEY = "a key of thirty-two bytes or more".getBytes(StandardCharsets.UTF_8);
    private static final EntryRef ENTRY = new EntryRef("prod", "arn:aws:iam::111122223333:role/team/ada");
    private static final EntryTags TAGS = new EntryTags(
            ENTRY,
            RequestId.fromIdempotencyKey("a delivery"),
            "U0ADA",
            List.of("U0BOB", "U0EVE"),
            Instant.parse("2026-03-01T10:00:00Z"));

    @Test
    void parsesItsOwnTags() {
        assertThat(EntryTags.parseVerified(ENTRY, TAGS.sign(KEY), KEY)).contains(TAGS);
    }

    @Test
    void usesOnlyWhatAwsAllowsInTags() {
        assertThat(TAGS.sign(KEY)).allSatisfy((name, value) -> {
            assertThat(name).matches("[\\p{L}\\p{N} +\\-=._:/@]{1,128}");
            assertThat(value).matches("[\\p{L}\\p{N} +\\-=._:/@]{0,256}");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "cluster-access:expires-at, 2026-03-01T23:00:00Z",
        "cluster-access:expires-at, tomorrow",
        "cluster-access:expires-at, ",
        "cluster-access:requester, U0EVE",
        "cluster-access:approvers, U0BOB",
        "cluster-access:request-id, r-2222222222",
        "cluster-access:request-id, something",
        "cluster-access:mac, AAAA",
        "cluster-access:mac, ",
    })
    void rejectsTagsWhenOneWasChanged(String tag, String value) {
        var changed = new HashMap<>(TAGS.sign(KEY));
        if (value == null) {
            changed.remove(tag);
        } else {
            changed.put(tag, value);
        }
        assertThat(EntryTags.parseVerified(ENTRY, changed, KEY)).isEmpty();
    }

    @Test
    void rejectsTagsOfAnotherEntry() {
        Map<String, String> tags = TAGS.sign(KEY);
        assertThat(EntryTags.parseVerified(new EntryRef("dev", ENTRY.principalArn()), tags, KEY))
                .isEmpty();
        assertThat(EntryTags.parseVerified(new EntryRef("prod", ENTRY.principalArn() + "x"), tags, KEY))
                .isEmpty();
    }

    @Test
    void rejectsTagsSignedWithAnotherKey() {
        assertThat(EntryTags.parseVerified(ENTRY, TAGS.sign(KEY), new byte[32])).isEmpty();
    }

    @Test
    void distinguishesManagedEntries() {
        assertThat(EntryTags.isManaged(TAGS.sign(KEY))).isTrue();
        assertThat(EntryTags.isManaged(Map.of("team", "payments"))).isFalse();
        assertThat(EntryTags.isManaged(Map.of(EntryTags.MANAGED_TAG, "v2"))).isFalse();
    }
}
