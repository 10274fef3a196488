package io.reverser.access.request;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.deser.DurationDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import com.fasterxml.jackson.datatype.jsr310.ser.DurationSerializer;
import com.fasterxml.jackson.datatype.jsr310.ser.InstantSerializer;
import java.time.Duration;
import java.time.Instant;

/**
 * Converts requests and audit records to and from JSON. Times are in ISO 8601, and the state of a request is the name
 * of its type.
 */
final class RequestJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModules(new Jdk8Module(), times())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addMixIn(Request.class, StateMixIn.class)
            .registerSubtypes(Request.class.getPermittedSubclasses())
            .build();

    private RequestJson() {}

    /**
     * A Jackson module for the time types that requests use. Jackson's {@code JavaTimeModule} would take too long to
     * load in a cold start.
     */
    private static SimpleModule times() {
        return new SimpleModule()
                .addSerializer(Instant.class, InstantSerializer.INSTANCE)
                .addDeserializer(Instant.class, InstantDeserializer.INSTANT)
                .addSerializer(Duration.class, DurationSerializer.INSTANCE)
                .addDeserializer(Duration.class, DurationDeserializer.INSTANCE);
    }

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Request readRequest(String json) {
        return read(json, Request.class);
    }

    static AuditRecord readAuditRecord(String json) {
        return read(json, AuditRecord.class);
    }

    static VersionedRequest.SlackState readSlackState(String json) {
        return read(json, VersionedRequest.SlackState.class);
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException(
                    "The table has an item that this version of the function cannot read: " + json, unreadable);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "state")
    @JsonIgnoreProperties("id")
    private interface StateMixIn {}
}
