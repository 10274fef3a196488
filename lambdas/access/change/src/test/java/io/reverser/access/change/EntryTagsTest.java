package io.reverser.access.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.access.change.EntryTags.Entry;
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
    private static final Entry ENTRY = new Entry("prod", "arn:aws:iam::111122223333:role/team/ada");
    private static final EntryTags TAGS = new EntryTags(
            ENTRY,
            RequestId.of("a delivery"),
            "U0ADA",
            List.of("U0BOB", "U0EVE"),
            Instant.parse("2026-03-01T10:00:00Z"));

    @Test
    void readsWhatItWrote() {
        assertThat(EntryTags.read(ENTRY, TAGS.signed(KEY), KEY)).contains(TAGS);
    }

    @Test
    void usesOnlyWhatAwsAllowsInTags() {
        assertThat(TAGS.signed(KEY)).allSatisfy((name, value) -> {
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
    void believesNothingOnceOneTagWasChanged(String tag, String value) {
        var changed = new HashMap<>(TAGS.signed(KEY));
        if (value == null) {
            changed.remove(tag);
        } else {
            changed.put(tag, value);
        }
        assertThat(EntryTags.read(ENTRY, changed, KEY)).isEmpty();
    }

    @Test
    void believesNoTagsThatWereCopiedToAnotherEntry() {
        Map<String, String> tags = TAGS.signed(KEY);
        assertThat(EntryTags.read(new Entry("dev", ENTRY.principalArn()), tags, KEY))
                .isEmpty();
        assertThat(EntryTags.read(new Entry("prod", ENTRY.principalArn() + "x"), tags, KEY))
                .isEmpty();
    }

    @Test
    void believesNoOtherKey() {
        assertThat(EntryTags.read(ENTRY, TAGS.signed(KEY), new byte[32])).isEmpty();
    }

    @Test
    void knowsManagedEntriesFromOthers() {
        assertThat(EntryTags.areManaged(TAGS.signed(KEY))).isTrue();
        assertThat(EntryTags.areManaged(Map.of("team", "payments"))).isFalse();
        assertThat(EntryTags.areManaged(Map.of(EntryTags.MANAGED, "v2"))).isFalse();
    }
}
