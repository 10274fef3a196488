package io.reverser.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Set;

/** A call that AWS did not carry out, or of which nobody knows whether it did. */
public final class AwsFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final Set<String> PASSING = Set.of(
            "ThrottlingException",
            "ProvisionedThroughputExceededException",
            "RequestLimitExceeded",
            "TransactionInProgressException",
            "TransactionConflictException",
            "InternalServerError",
            "InternalServiceError");

    private final String code;
    private final int status;
    private final transient JsonNode details;

    AwsFailure(String code, int status, String message) {
        super(code + ": " + message);
        this.code = code;
        this.status = status;
        this.details = MissingNode.getInstance();
    }

    AwsFailure(String code, IOException cause) {
        super(code + ": " + cause.getMessage(), cause);
        this.code = code;
        this.status = 0;
        this.details = MissingNode.getInstance();
    }

    AwsFailure(String operation, int status, JsonNode answer) {
        super(operation + ": " + code(answer) + ": " + message(answer));
        this.code = code(answer);
        this.status = status;
        this.details = answer;
    }

    /** The service's name for what went wrong, like {@code ResourceNotFoundException}. */
    public String code() {
        return code;
    }

    /** The whole answer of the service. */
    public JsonNode details() {
        return details;
    }

    /** Whether a condition did not hold, of this write or of one in its transaction. */
    public boolean isConditionFailed() {
        return code.equals("ConditionalCheckFailedException")
                || details.path("CancellationReasons")
                        .valueStream()
                        .anyMatch(reason -> reason.path("Code").asText().equals("ConditionalCheckFailed"));
    }

    /**
     * Whether the same call may go through a moment later; so may a transaction that met another one.
     *
     * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">Why a
     *     transaction is cancelled</a>
     */
    boolean mayPass() {
        return status >= 500
                || status == 429
                || PASSING.contains(code)
                || (code.equals("TransactionCanceledException") && !isConditionFailed())
                || getCause() instanceof IOException;
    }

    /** Services put a name space before the code, or a URL behind it. */
    private static String code(JsonNode answer) {
        String type = answer.path("__type").asText("UnknownError");
        return type.substring(type.indexOf('#') + 1).replaceFirst(":.*", "");
    }

    private static String message(JsonNode answer) {
        return answer.path("message").asText(answer.path("Message").asText("no message"));
    }
}
