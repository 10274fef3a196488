package io.reverser.access.request;

/**
 * Buttons on messages about requests: the contract between the function that shows them and the one that handles their
 * clicks.
 */
public enum RequestAction {
    /** Yes to a request. */
    APPROVE("approve"),
    /** No to a request; asks for a reason. */
    REJECT("reject"),
    /** The requester takes it back. */
    CANCEL("cancel"),
    /** Ends access before its time. */
    REVOKE("revoke"),
    /** Asks for more time. */
    EXTEND("extend"),
    /** Yes to more time. */
    APPROVE_EXTENSION("approve-extension"),
    /** No to more time. */
    REJECT_EXTENSION("reject-extension");

    private final String actionId;

    RequestAction(String actionId) {
        this.actionId = actionId;
    }

    /** What Slack calls the button. Its value is the id of the request. */
    public String actionId() {
        return actionId;
    }
}
