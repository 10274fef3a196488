package io.reverser.cdk.functions;

import io.reverser.cdk.settings.Logs;
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

/** The one path on the internet, slowed down long before it costs anything. */
final class SlackAddress extends Construct {

    private static final int PER_SECOND = 20;
    private static final int AT_ONCE = 50;

    private final HttpApi api;

    SlackAddress(Construct scope, Settings settings, Alias command) {
        super(scope, "SlackAddress");
        api = HttpApi.Builder.create(this, "Api").createDefaultStage(true).build();
        api.addRoutes(AddRoutesOptions.builder()
                .path("/slack")
                .methods(List.of(HttpMethod.POST))
                .integration(new HttpLambdaIntegration("Command", command))
                .build());
        LogGroup log = Logs.group(this, "Log", settings);
        var stage = (CfnStage) Objects.requireNonNull(
                Objects.requireNonNull(api.getDefaultStage()).getNode().getDefaultChild());
        stage.setDefaultRouteSettings(CfnStage.RouteSettingsProperty.builder()
                .throttlingRateLimit(PER_SECOND)
                .throttlingBurstLimit(AT_ONCE)
                .build());
        stage.setAccessLogSettings(CfnStage.AccessLogSettingsProperty.builder()
                .destinationArn(log.getLogGroupArn())
                .format("$context.requestId $context.requestTime $context.httpMethod $context.routeKey $context.status")
                .build());
    }

    String api() {
        return api.getApiId();
    }

    String url() {
        return api.getApiEndpoint() + "/slack";
    }
}
