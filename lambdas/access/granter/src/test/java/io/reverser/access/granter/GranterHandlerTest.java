package io.reverser.access.granter;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.access.request.RequestId;
import io.reverser.simulators.fault.FaultInjector.Fault;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GranterHandlerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final GranterFixture fixture = new GranterFixture();
    private final GranterHandler handler = new GranterHandler(fixture.reconciler, fixture.sweeper, fixture.aws.clock());

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void reportsTheRecordsThatFailed() throws JsonProcessingException {
        RequestId first = fixture.createRequest("prod");
        RequestId second = fixture.createRequest("prod");
        fixture.faults().injectNext("Slack.chat.postMessage", Fault.ERROR_BEFORE_EFFECT, 1);

        assertThat(handle(record("1", first) + "," + record("2", second)))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"1\"}]}");
        assertThat(fixture.load(second).isPublished()).isTrue();
    }

    @Test
    void reportsNoFailures() throws JsonProcessingException {
        assertThat(handle(record("1", fixture.createRequest("prod")))).isEqualTo("{\"batchItemFailures\":[]}");
    }

    /** Handles a batch of stream records, and returns the response as Lambda receives it. */
    private String handle(String records) throws JsonProcessingException {
        var event = JSON.readTree("{\"Records\":[" + records + "]}");
        return JSON.writeValueAsString(handler.handleRequest(event, noContext()));
    }

    private static String record(String sequenceNumber, RequestId id) {
        return """
                {"dynamodb":{"SequenceNumber":"%s","Keys":{"id":{"S":"%s"},"sk":{"S":"REQUEST"}}}}""".formatted(sequenceNumber, id);
    }

    private static Context noContext() {
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
