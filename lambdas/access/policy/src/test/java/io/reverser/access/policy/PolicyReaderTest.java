package io.reverser.access.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests reading a valid policy. CDK validates the policy; {@code AccessSettingsTest} tests the validation. */
class PolicyReaderTest {

    @Test
    void readsCompletePolicy() {
        Policy policy = PolicyReader.read(TestPolicies.json());
        assertThat(policy.clusters()).containsOnlyKeys("prod", "tools");
        assertThat(policy.policyArns()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "'', slack",
        "'', clusters",
        "'', people",
        "'', levels",
        "'', rules",
        "'', admins",
        "/slack, approvals",
        "/clusters/prod, region",
        "/people/U0ADA, principal",
        "/levels/view, policy",
        "/levels/view, scope",
        "/rules/0, who",
        "/rules/0, clusters",
        "/rules/0, levels",
        "/rules/0, max_duration",
        "/rules/0, approvers",
        "/rules/0, quorum",
        "/rules/0, expires_after",
        "/rules/0, remind_after",
        "/rules/1/automatic, times",
        "/rules/1/automatic, per"
    })
    void rejectsMissingKeys(String place, String key) {
        JsonNode policy = TestPolicies.json();
        ((ObjectNode) policy.at(place)).remove(key);
        assertThatThrownBy(() -> PolicyReader.read(policy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key);
    }

    /** A quorum of 0 is rejected, because no approval would be needed. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "\"many\"", "null"})
    void rejectsRuleWithoutQuorum(String quorum) throws IOException {
        JsonNode policy = TestPolicies.json();
        ((ObjectNode) policy.at("/rules/0")).set("quorum", new ObjectMapper().readTree(quorum));
        assertThatThrownBy(() -> PolicyReader.read(policy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The quorum of the rule prod is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{}", "\"access\"", "null"})
    void rejectsOtherDocuments(String json) throws IOException {
        JsonNode document = new ObjectMapper().readTree(json);
        assertThatThrownBy(() -> PolicyReader.read(document)).isInstanceOf(IllegalArgumentException.class);
    }
}
