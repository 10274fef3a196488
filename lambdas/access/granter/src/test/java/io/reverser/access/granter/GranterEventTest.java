package io.reverser.access.granter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.access.request.RequestId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GranterEventTest {

    private static final RequestId ID = new RequestId("r-7k3m9q4xwz");

    @Test
    void parsesWhatItScheduled() throws JsonProcessingException {
        assertThat(read(GranterEvent.requestDueJson(ID))).isEqualTo(new GranterEvent.RequestDue(ID));
    }

    /**
     * Prevents a bug of another tool (aws-samples TEAM#149): a deployment changed the format of scheduled events, and
     * grants from before it were never revoked.
     */
    @Test
    void parsesSchedulesOfOtherVersions() throws JsonProcessingException {
        assertThat(read("{\"kind\":\"due\",\"request\":\"r-7k3m9q4xwz\",\"version\":9,\"more\":{\"a\":[]}}"))
                .isEqualTo(new GranterEvent.RequestDue(ID));
    }

    @Test
    void parsesStreamRecordsInOrder() throws JsonProcessingException {
        assertThat(read("""
                {"Records":[
                  {"eventName":"INSERT","dynamodb":{"SequenceNumber":"1","Keys":{"id":{"S":"r-7k3m9q4xwz"},"sk":{"S":"REQUEST"}}}},
                  {"eventName":"INSERT","dynamodb":{"SequenceNumber":"2","Keys":{"id":{"S":"r-7k3m9q4xwz"},"sk":{"S":"AUDIT#1"}}}},
                  {"eventName":"REMOVE","dynamodb":{"SequenceNumber":"3","Keys":{"id":{"S":"DEDUP#1"},"sk":{"S":"-"}}}}]}"""))
                .isEqualTo(new GranterEvent.TableChanges(List.of(
                        new GranterEvent.StreamRecord("1", Optional.of(ID)),
                        new GranterEvent.StreamRecord("2", Optional.empty()),
                        new GranterEvent.StreamRecord("3", Optional.empty()))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"kind\":\"DUE\"}", "{\"kind\":\"due\"}", "{\"kind\":\"due\",\"request\":\"r-1\"}", "[]"
            })
    void rejectsUnknownEvents(String event) {
        assertThatThrownBy(() -> read(event)).isInstanceOf(IllegalArgumentException.class);
    }

    private static GranterEvent read(String event) throws JsonProcessingException {
        return GranterEvent.parse(new ObjectMapper().readTree(event));
    }
}
