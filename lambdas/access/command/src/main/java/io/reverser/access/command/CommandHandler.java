package io.reverser.access.command;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.access.command.slack.AlarmActionForwarder;
import io.reverser.access.command.slack.ApiGatewayResponse;
import io.reverser.access.command.slack.MaintenanceWindowCommand;
import io.reverser.access.command.slack.SlackAuthenticator;
import io.reverser.access.command.slack.SlackAuthenticator.Authentication;
import io.reverser.slack.request.SlackRequest;
import java.time.Instant;

/** Handles one event of the HTTP API: a request that Slack sent. */
final class CommandHandler {

    private final CommandComponents components;

    CommandHandler(CommandComponents components) {
        this.components = components;
    }

    ApiGatewayResponse handle(JsonNode event) {
        Instant now = components.clock().instant();
        return switch (components.authenticator().authenticate(event, now)) {
            case Authentication.Rejected(int status, String reason) -> {
                if (status != SlackAuthenticator.METHOD_NOT_ALLOWED) {
                    LambdaRuntime.getLogger().log("Rejected: " + reason, LogLevel.WARN);
                }
                yield ApiGatewayResponse.error(status);
            }
            case Authentication.Authenticated(SlackRequest request) ->
                switch (request) {
                    case SlackRequest.SlashCommand command
                    when command.command().equals(MaintenanceWindowCommand.COMMAND) ->
                        components.maintenanceWindows().handle(now);
                    case SlackRequest.SlashCommand command ->
                        components.clusterAccess().handle(command, now);
                    case SlackRequest.Click click
                    when click.actionId().startsWith(AlarmActionForwarder.ACTION_ID_PREFIX) ->
                        components.alarmActions().forward(click, now);
                    case SlackRequest.Click click -> components.interactions().handle(click, now);
                    case SlackRequest.ViewSubmission submission ->
                        components.interactions().handle(submission, now);
                    case SlackRequest.SslCheck check -> ApiGatewayResponse.EMPTY;
                    case SlackRequest.Other other -> ApiGatewayResponse.EMPTY;
                };
        };
    }
}
