package io.reverser.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.cdk.Synthesised.Resource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionsStackTest {

    static Stream<Synthesised> environments() {
        return Synthesised.all();
    }

    @ParameterizedTest
    @MethodSource("environments")
    void startsFunctionsFromSnapshotsBehindAnAlias(Synthesised environment) {
        assertThat(environment.resources("AWS::Lambda::Function"))
                .filteredOn(function -> function.at("/Runtime").asText().equals("java25"))
                .hasSize(3)
                .allSatisfy(function ->
                        assertThat(function.at("/SnapStart/ApplyOn").asText()).isEqualTo("PublishedVersions"));
        assertThat(environment.resources("AWS::Lambda::Alias"))
                .hasSize(3)
                .allSatisfy(alias -> assertThat(alias.at("/Name").asText()).isEqualTo("live"));
    }

    /** A function's role may write to the log of its name and to no other, and runbooks look there. */
    @ParameterizedTest
    @MethodSource("environments")
    void writesToTheLogOfItsName(Synthesised environment) {
        List<String> logs = environment.resources("AWS::Lambda::Function").stream()
                .filter(function -> function.at("/Runtime").asText().equals("java25"))
                .map(function -> environment
                        .template(function.stack())
                        .at("/Resources/%s/Properties/LogGroupName"
                                .formatted(function.at("/LoggingConfig/LogGroup/Ref")
                                        .asText()))
                        .asText())
                .toList();
        String prefix = "/aws/lambda/" + environment.environment();
        assertThat(logs)
                .containsExactlyInAnyOrder(
                        prefix + "-access-command", prefix + "-access-change", prefix + "-database-user");
    }

    /** What fails is tried again alone, and in the end is kept where an alarm looks. */
    @Test
    void losesNoDecision() {
        Resource stream = Synthesised.of("dev").resource("AWS::Lambda::EventSourceMapping");
        assertThat(stream.at("/FunctionResponseTypes/0").asText()).isEqualTo("ReportBatchItemFailures");
        assertThat(stream.at("/BisectBatchOnFunctionError").asBoolean()).isTrue();
        assertThat(stream.at("/DestinationConfig/OnFailure/Destination/Fn::GetAtt/0")
                        .asText())
                .isEqualTo(Synthesised.of("dev").resource("AWS::SQS::Queue").id());
    }

    @Test
    void slowsTheInternetDown() {
        Synthesised dev = Synthesised.of("dev");
        assertThat(dev.resource("AWS::ApiGatewayV2::Stage")
                        .at("/DefaultRouteSettings")
                        .toString())
                .isEqualTo("{\"ThrottlingBurstLimit\":50,\"ThrottlingRateLimit\":20}");
        assertThat(dev.resource("AWS::ApiGatewayV2::Route").at("/RouteKey").asText())
                .isEqualTo("POST /slack");
    }
}
