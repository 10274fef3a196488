package io.reverser.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.cdk.Synthesised.Resource;
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
                .filteredOn(function -> function.stack().equals("functions"))
                .hasSize(2)
                .allSatisfy(function -> {
                    assertThat(function.at("/Runtime").asText()).isEqualTo("java25");
                    assertThat(function.at("/SnapStart/ApplyOn").asText()).isEqualTo("PublishedVersions");
                });
        assertThat(environment.resources("AWS::Lambda::Alias"))
                .extracting(alias -> alias.at("/Name").asText())
                .containsExactly("live", "live");
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
