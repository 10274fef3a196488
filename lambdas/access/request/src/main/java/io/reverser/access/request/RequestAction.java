package io.reverser.access.request;

/**
 * The buttons on messages about requests: the contract between the function that posts the messages and the function
 * that handles the clicks.
 */
public enum RequestAction {
    /** Approves a request. */
    APPROVE("approve"),
    /** Rejects a request; asks for a reason. */
    REJECT("reject"),
    /** Cancels the requester's own request. */
    CANCEL("cancel"),
    /** Revokes access. */
    REVOKE("revoke"),
    /** Requests an extension. */
    EXTEND("extend"),
    /** Approves an extension. */
    APPROVE_EXTENSION("approve-extension"),
    /** Rejects an extension. */
    REJECT_EXTENSION("reject-extension");

    private final String actionId;

    RequestAction(String actionId) {
        this.actionId = actionId;
    }

    /** The action ID of the button in Slack. The value of the button is the request ID. */
    public String actionId() {
        return actionId;
    }
}
