package io.reverser.awsjsonclient;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Set;

/** A failed call to AWS: AWS rejected the call, or the outcome of the call is unknown. */
public final class AwsJsonException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final Set<String> RETRYABLE_CODES = Set.of(
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

    AwsJsonException(String code, int status, String message) {
        super(code + ": " + message);
        this.code = code;
        this.status = status;
        this.details = MissingNode.getInstance();
    }

    AwsJsonException(String code, IOException cause) {
        super(code + ": " + cause.getMessage(), cause);
        this.code = code;
        this.status = 0;
        this.details = MissingNode.getInstance();
    }

    AwsJsonException(String operation, int status, JsonNode response) {
        super(operation + ": " + parseCode(response) + ": " + parseMessage(response));
        this.code = parseCode(response);
        this.status = status;
        this.details = response;
    }

    /** The error code of the AWS service, such as {@code ResourceNotFoundException}. */
    public String code() {
        return code;
    }

    /** The whole response of the AWS service. */
    public JsonNode details() {
        return details;
    }

    /**
     * Whether the call failed because the condition of the DynamoDB write, or of a write in the transaction, did not
     * hold.
     */
    public boolean isConditionFailed() {
        return code.equals("ConditionalCheckFailedException")
                || details.path("CancellationReasons")
                        .valueStream()
                        .anyMatch(reason -> reason.path("Code").asText().equals("ConditionalCheckFailed"));
    }

    /**
     * Whether a retry of the call may succeed, for example after a conflict with another DynamoDB transaction.
     *
     * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">Why a
     *     transaction is cancelled</a>
     */
    boolean isRetryable() {
        return status >= 500
                || status == 429
                || RETRYABLE_CODES.contains(code)
                || (code.equals("TransactionCanceledException") && !isConditionFailed())
                || getCause() instanceof IOException;
    }

    /** The error code in a response, without the namespace that some services prefix and the URL that others append. */
    private static String parseCode(JsonNode response) {
        String type = response.path("__type").asText("UnknownError");
        return type.substring(type.indexOf('#') + 1).replaceFirst(":.*", "");
    }

    private static String parseMessage(JsonNode response) {
        return response.path("message").asText(response.path("Message").asText("no message"));
    }
}
