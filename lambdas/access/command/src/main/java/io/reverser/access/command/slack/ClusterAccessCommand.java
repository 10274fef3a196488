package io.reverser.access.command.slack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.access.command.workflow.ActionResult;
import io.reverser.access.command.workflow.RequestDecisions;
import io.reverser.access.command.workflow.RequestExtensions;
import io.reverser.access.command.workflow.RequestQueries;
import io.reverser.access.command.workflow.RequestSubmission;
import io.reverser.access.command.workflow.UserAction;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.RequestedAccess;
import io.reverser.slack.request.SlackRequest.SlashCommand;
import java.time.Instant;
import java.util.Optional;

/** Handles the slash command {@code /cluster-access}. */
public class ClusterAccessCommand {

    private final Policy policy;
    private final RequestSubmission submission;
    private final RequestDecisions decisions;
    private final RequestExtensions extensions;
    private final RequestQueries queries;
    private final SlackResponder responder;

    public ClusterAccessCommand(
            Policy policy,
            RequestSubmission submission,
            RequestDecisions decisions,
            RequestExtensions extensions,
            RequestQueries queries,
            SlackResponder responder) {
        this.policy = policy;
        this.submission = submission;
        this.decisions = decisions;
        this.extensions = extensions;
        this.queries = queries;
        this.responder = responder;
    }

    public ApiGatewayResponse handle(SlashCommand command, Instant now) {
        String person = command.sender().userId();
        var userAction = new UserAction(person, command.idempotencyKey(), now, Optional.empty());
        return switch (CommandText.parse(command.text())) {
            case CommandText.RequestForm form -> openForm(command, false);
            case CommandText.BreakGlassForm form -> openForm(command, true);
            case CommandText.RequestAccess request ->
                ephemeral(submission.submit(requestedAccess(person, request), userAction));
            case CommandText.ListRequests listing -> ephemeral(CommandMessages.list(queries.listOpen(person)));
            case CommandText.Status status -> ephemeral(queries.status(status.id(), person));
            case CommandText.Extend extend ->
                ephemeral(extensions.submit(extend.id(), extend.duration(), extend.reason(), userAction));
            case CommandText.Revoke revoke -> ephemeral(decisions.revoke(revoke.id(), revoke.reason(), userAction));
            case CommandText.Cancel cancel -> ephemeral(decisions.cancel(cancel.id(), userAction));
            case CommandText.WhoAmI who -> ephemeral(CommandMessages.whoAmI(policy, person));
            case CommandText.Help help -> ephemeral(CommandMessages.help(policy, person));
            case CommandText.Invalid invalid -> ephemeral(CommandMessages.invalidCommand(invalid, policy, person));
        };
    }

    private ApiGatewayResponse openForm(SlashCommand command, boolean breakGlass) {
        String person = command.sender().userId();
        var view = breakGlass ? Modals.breakGlass(policy, person) : Modals.request(policy, person);
        if (view.isEmpty()) {
            return ephemeral(CommandMessages.noAccessOffered(breakGlass));
        }
        return responder.openModal(command.triggerId(), view.get())
                ? ApiGatewayResponse.EMPTY
                : ephemeral(CommandMessages.formTimedOut(policy, person));
    }

    private static RequestedAccess requestedAccess(String person, CommandText.RequestAccess request) {
        return new RequestedAccess(
                person,
                request.cluster(),
                request.level(),
                request.namespaces(),
                Optional.of(request.duration()),
                request.reason(),
                Optional.empty());
    }

    private static ApiGatewayResponse ephemeral(ActionResult result) {
        return ephemeral(CommandMessages.result(result));
    }

    /** Creates an ephemeral reply, which only the user who typed the command sees. */
    private static ApiGatewayResponse ephemeral(String text) {
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        return ApiGatewayResponse.json(
                response.put("response_type", "ephemeral").put("text", text));
    }
}
