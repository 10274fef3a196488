package io.reverser.simulators.aws.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** An error response of an AWS service. */
public final class AwsError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final transient JsonNode body;

    public AwsError(int status, String code, String message) {
        this(
                status,
                code,
                JsonNodeFactory.instance.objectNode().put("__type", code).put("message", message));
    }

    public AwsError(int status, String code, JsonNode body) {
        super(code);
        this.status = status;
        this.code = code;
        this.body = body;
    }

    public static AwsError invalidParameter(String message) {
        return new AwsError(400, "InvalidParameterException", message);
    }

    /** The HTTP status of the response. */
    public int status() {
        return status;
    }

    /** The error code, such as {@code ResourceNotFoundException}. */
    public String code() {
        return code;
    }

    public JsonNode body() {
        return body;
    }
}
