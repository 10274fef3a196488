package io.reverser.cdk.functions;

import io.reverser.cdk.logs.LogGroups;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.Objects;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.AddRoutesOptions;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The HTTP API for Slack, the only public endpoint of the functions. It is throttled to a rate at which its cost is
 * negligible.
 */
final class SlackHttpApi extends Construct {

    private static final int RATE_LIMIT_PER_SECOND = 20;
    private static final int BURST_LIMIT = 50;

    private final HttpApi api;

    SlackHttpApi(Construct scope, Settings settings, Alias command) {
        super(scope, "SlackApi");
        api = HttpApi.Builder.create(this, "Api").createDefaultStage(true).build();
        api.addRoutes(AddRoutesOptions.builder()
                .path("/slack")
                .methods(List.of(HttpMethod.POST))
                .integration(new HttpLambdaIntegration("Command", command))
                .build());
        LogGroup log = LogGroups.create(this, "Log", settings);
        var stage = (CfnStage) Objects.requireNonNull(
                Objects.requireNonNull(api.getDefaultStage()).getNode().getDefaultChild());
        stage.setDefaultRouteSettings(CfnStage.RouteSettingsProperty.builder()
                .throttlingRateLimit(RATE_LIMIT_PER_SECOND)
                .throttlingBurstLimit(BURST_LIMIT)
                .build());
        stage.setAccessLogSettings(CfnStage.AccessLogSettingsProperty.builder()
                .destinationArn(log.getLogGroupArn())
                .format("$context.requestId $context.requestTime $context.httpMethod $context.routeKey $context.status")
                .build());
    }

    String apiId() {
        return api.getApiId();
    }

    String url() {
        return api.getApiEndpoint() + "/slack";
    }
}
