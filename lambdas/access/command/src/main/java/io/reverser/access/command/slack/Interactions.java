package io.reverser.access.command.slack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.access.command.workflow.ActionResult;
import io.reverser.access.command.workflow.RequestDecisions;
import io.reverser.access.command.workflow.RequestExtensions;
import io.reverser.access.command.workflow.RequestSubmission;
import io.reverser.access.command.workflow.UserAction;
import io.reverser.access.policy.Namespaces;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.PolicyDecision;
import io.reverser.access.policy.RequestedAccess;
import io.reverser.access.request.MessageRef;
import io.reverser.access.request.RequestAction;
import io.reverser.access.request.RequestId;
import io.reverser.configreader.Durations;
import io.reverser.slack.message.Mrkdwn;
import io.reverser.slack.message.SlackView;
import io.reverser.slack.request.SlackRequest.Click;
import io.reverser.slack.request.SlackRequest.ViewSubmission;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Handles clicks on Slack buttons and submissions of Slack modals. */
public class Interactions {

    /**
     * The maximum length of the incident's name, in characters. The name is part of the modal's metadata, whose size
     * Slack limits.
     */
    private static final int MAX_INCIDENT_LENGTH = 200;

    private final Policy policy;
    private final RequestSubmission submission;
    private final RequestDecisions decisions;
    private final RequestExtensions extensions;
    private final SlackResponder responder;

    public Interactions(
            Policy policy,
            RequestSubmission submission,
            RequestDecisions decisions,
            RequestExtensions extensions,
            SlackResponder responder) {
        this.policy = policy;
        this.submission = submission;
        this.decisions = decisions;
        this.extensions = extensions;
        this.responder = responder;
    }

    /**
     * Handles a click on a button. A denial is sent as an ephemeral reply; the result of a successful action appears in
     * the updated message.
     */
    public ApiGatewayResponse handle(Click click, Instant now) {
        Optional<RequestAction> button = Arrays.stream(RequestAction.values())
                .filter(known -> known.actionId().equals(click.actionId()))
                .findFirst();
        Optional<RequestId> id = RequestId.parse(click.value());
        if (button.isEmpty() || id.isEmpty()) {
            return ApiGatewayResponse.EMPTY;
        }
        Optional<ActionResult> result = execute(button.get(), id.get(), click, now);
        result.filter(outcome -> !(outcome instanceof ActionResult.Done))
                .ifPresent(outcome -> responder.replyEphemeral(click.responseUrl(), CommandMessages.result(outcome)));
        return ApiGatewayResponse.EMPTY;
    }

    private Optional<ActionResult> execute(RequestAction button, RequestId id, Click click, Instant now) {
        var onMessage = new UserAction(click.sender().userId(), click.idempotencyKey(), now, messageRef(click));
        var onAnyMessage = new UserAction(click.sender().userId(), click.idempotencyKey(), now, Optional.empty());
        return switch (button) {
            case APPROVE -> Optional.of(decisions.approve(id, onMessage));
            case APPROVE_EXTENSION -> Optional.of(extensions.approve(id, onMessage));
            case REJECT_EXTENSION -> Optional.of(extensions.reject(id, onMessage));
            case CANCEL -> Optional.of(decisions.cancel(id, onMessage));
            case REVOKE -> Optional.of(decisions.revoke(id, "", onAnyMessage));
            case REJECT -> openModal(click, Modals.reject(id.value()));
            case EXTEND -> openModal(click, Modals.extend(id.value()));
        };
    }

    private Optional<ActionResult> openModal(Click click, SlackView view) {
        if (!responder.openModal(click.triggerId(), view)) {
            responder.replyEphemeral(
                    click.responseUrl(),
                    CommandMessages.formTimedOut(policy, click.sender().userId()));
        }
        return Optional.empty();
    }

    /**
     * The message with the clicked button. Never empty: a click outside a message gets a reference that matches no
     * request's message.
     */
    private static Optional<MessageRef> messageRef(Click click) {
        return Optional.of(click.message()
                .map(message -> new MessageRef(message.channel(), message.ts()))
                .orElseGet(() -> new MessageRef("", "")));
    }

    /** Handles the submission of a modal. */
    public ApiGatewayResponse handle(ViewSubmission view, Instant now) {
        var userAction = new UserAction(view.sender().userId(), view.idempotencyKey(), now, Optional.empty());
        return switch (view.callbackId()) {
            case Modals.REQUEST -> submitForm(view, userAction);
            case Modals.BREAK_GLASS -> confirmBreakGlass(view, userAction);
            case Modals.BREAK_GLASS_CONFIRMED ->
                resultModal(BreakGlassMetadata.parse(view).map(access -> submission.submit(access, userAction)));
            case Modals.REJECT ->
                resultModal(RequestId.parse(view.privateMetadata())
                        .map(id -> decisions.reject(id, inputValue(view, Modals.REASON), userAction)));
            case Modals.EXTEND ->
                resultModal(RequestId.parse(view.privateMetadata())
                        .map(id -> extensions.submit(id, duration(view), inputValue(view, Modals.REASON), userAction)));
            default -> ApiGatewayResponse.EMPTY;
        };
    }

    private ApiGatewayResponse submitForm(ViewSubmission view, UserAction userAction) {
        Optional<SortedSet<String>> namespaces = namespaces(view);
        if (namespaces.isEmpty()) {
            return fieldError(Modals.NAMESPACES, CommandMessages.INVALID_NAMESPACES);
        }
        return submit(requestedAccess(view, namespaces.get(), Optional.empty()), userAction);
    }

    private ApiGatewayResponse submit(RequestedAccess access, UserAction userAction) {
        ActionResult result = submission.submit(access, userAction);
        return result instanceof ActionResult.Denied(var reason)
                ? fieldError(Modals.fieldFor(reason), CommandMessages.denial(reason))
                : resultModal(result);
    }

    /** Shows the second confirmation of break-glass access; the policy is evaluated both before and after it. */
    private ApiGatewayResponse confirmBreakGlass(ViewSubmission view, UserAction userAction) {
        String incident = Mrkdwn.truncate(inputValue(view, Modals.INCIDENT), MAX_INCIDENT_LENGTH);
        Optional<SortedSet<String>> namespaces = namespaces(view);
        if (namespaces.isEmpty()) {
            return fieldError(Modals.NAMESPACES, CommandMessages.INVALID_NAMESPACES);
        }
        RequestedAccess access = requestedAccess(view, namespaces.get(), Optional.of(incident));
        if (policy.evaluate(access) instanceof PolicyDecision.Denied) {
            return submit(access, userAction);
        }
        ObjectNode push = JsonNodeFactory.instance.objectNode().put("response_action", "push");
        push.set(
                "view",
                Modals.confirmBreakGlass(
                                BreakGlassMetadata.serialize(access), CommandMessages.confirmBreakGlass(access))
                        .toJson());
        return ApiGatewayResponse.json(push);
    }

    private static RequestedAccess requestedAccess(
            ViewSubmission view, SortedSet<String> namespaces, Optional<String> incident) {
        String[] target = inputValue(view, Modals.TARGET).split(" ", 2);
        return new RequestedAccess(
                view.sender().userId(),
                target[0],
                target[target.length - 1],
                namespaces,
                Optional.of(duration(view)),
                inputValue(view, Modals.REASON),
                incident);
    }

    /** Parses the namespaces in the form; empty when one of them is invalid. */
    private static Optional<SortedSet<String>> namespaces(ViewSubmission view) {
        String typed = inputValue(view, Modals.NAMESPACES);
        return typed.isBlank() ? Optional.of(new TreeSet<>()) : Namespaces.parse(typed);
    }

    private static Duration duration(ViewSubmission view) {
        return Durations.parse(inputValue(view, Modals.DURATION)).orElse(Duration.ZERO);
    }

    private static String inputValue(ViewSubmission view, String block) {
        return view.values().getOrDefault(block, "");
    }

    /**
     * Shows the result of the action in the modal; responds with status 400 if there is no result, because the modal's
     * metadata is invalid.
     */
    private static ApiGatewayResponse resultModal(Optional<ActionResult> result) {
        return result.map(Interactions::resultModal).orElse(ApiGatewayResponse.error(400));
    }

    private static ApiGatewayResponse resultModal(ActionResult result) {
        ObjectNode update = JsonNodeFactory.instance.objectNode().put("response_action", "update");
        update.set("view", Modals.result(CommandMessages.result(result)).toJson());
        return ApiGatewayResponse.json(update);
    }

    private static ApiGatewayResponse fieldError(String block, String text) {
        ObjectNode errors = JsonNodeFactory.instance.objectNode().put("response_action", "errors");
        errors.putObject("errors").put(block, text);
        return ApiGatewayResponse.json(errors);
    }
}
