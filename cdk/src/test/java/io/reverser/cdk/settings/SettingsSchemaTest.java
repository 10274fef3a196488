package io.reverser.cdk.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.reverser.access.policy.EksAccessPolicy;
import io.reverser.access.policy.Namespaces;
import io.reverser.rotation.plan.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Validates settings as an editor does, with JSON Schema alone. */
class SettingsSchemaTest {

    private static final Path CONFIG = Path.of("config");

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void acceptsCommittedEnvironments(String environment) throws IOException {
        String text = Files.readString(CONFIG.resolve(environment + ".yaml"));
        assertThat(text).startsWith("# yaml-language-server: $schema=settings.schema.json");
        assertThat(problems(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            account: "111122223333"       | account: 111122223333
            account: "111122223333"       | acount: "111122223333"
            region: eu-central-1          | region: Frankfurt
            cidr: 10.0.0.0/16             | cidr: 10.0.0.0/8
            zones: [eu-central-1a, eu-central-1b, eu-central-1c] | zones: [eu-central-1a, eu-central-1a, eu-central-1c]
            nat_gateways: 1               | nat_gateways: 4
            version: "1.35"               | version: 1.35
            allowed_cidrs: [203.0.113.0/24] | allowed_cidrs: [0.0.0.0/0]
            type: m7i.large               | type: t3.micro
            min: 2                     | min: 1
            min_acu: 0.5               | min_acu: 0.3
            backup_retention_days: 7                | backup_retention_days: 40
            deletion_protection: false    | deletion_protection: maybe
            slack_channel: platform-dev   | slack_channel: "#platform"
            alarm_emails: [on-call@example.com] | alarm_emails: []
            branch: main                  | branch: main\\n  owner_id: 1
            branch: main                  | branch: main\\n  repository_id: 2
            branch: main                  | branch: main\\n  owner_id: "1"\\n  repository_id: 2
            branch: main                  | branch: main\\n  owner_id: 1\\n  repository_id: 0
            log_retention_days: 30                  | log_retention_days: 31
            channel: C0ALARMS             | channel: "#alarms"
            names: ["*-database-*"]       | named: ["*-database-*"]
            strategy: dual_password       | strategy: dual
            rotate_after: 25d                | rotate_after: a month
            days: [SUN]                   | days: [sunday]
            start: "02:00"                | start: "2:00"
            cron: "0 22 * * SAT#1"        | cron: "0 22 * *"
            cron: "0 22 * * SAT#1"        | days: [SAT]
            reason: the year ends            | because: the year ends
            approvals: C0EXAMPLE          | approvals: general
            scope: namespace              | scope: everywhere
            default_duration: 1h                     | default_duration: an hour
            """)
    void findsProblemsInAnEditor(String good, String wrong) throws IOException {
        String text = Files.readString(CONFIG.resolve("dev.yaml"));
        assertThat(text).contains(good);
        assertThat(problems(text.replace(good, wrong.replace("\\n", "\n")))).isNotEmpty();
    }

    @Test
    void acceptsGitHubIds() throws IOException {
        String text = Files.readString(CONFIG.resolve("dev.yaml"));
        assertThat(problems(text.replace("branch: main", "branch: main\n  owner_id: 12\n  repository_id: 3000000000")))
                .isEmpty();
    }

    /** Editors show the same messages as {@link SettingsFile}. */
    @Test
    void startsMessagesWithExpected() throws IOException {
        assertThat(schema().findValuesAsText("errorMessage"))
                .isNotEmpty()
                .allMatch(message -> message.startsWith("expected ") && !message.endsWith("."));
    }

    @Test
    void hasTheSameChoicesAsTheCode() throws IOException {
        JsonNode schema = schema();
        assertThat(choices(schema.at("/$defs/eks_policy")))
                .isEqualTo(Arrays.stream(EksAccessPolicy.values())
                        .map(EksAccessPolicy::awsName)
                        .toList());
        assertThat(choices(schema.at("/properties/rotation/properties/strategy")))
                .isEqualTo(Arrays.stream(Strategy.values()).map(Strategy::text).toList());
        assertThat(schema.at("/properties/operations/properties/log_retention_days/enum"))
                .isNotEmpty()
                .allSatisfy(days -> assertThat(new OperationsSettings("slack", List.of(), days.asInt()).logRetention())
                        .isNotNull());
    }

    /**
     * The functions of cluster access check namespaces that people type in Slack; the schema must accept the same
     * names.
     */
    @ParameterizedTest
    @ValueSource(strings = {"shop", "dev-*", "a", "0", "*", "", "Shop", "-a", "a-", "a*b", "a.b"})
    void agreesWithFunctionsOnNamespaces(String name) throws IOException {
        JsonSchema schema =
                JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema().at("/$defs/namespaces/items"));
        assertThat(schema.validate(TextNode.valueOf(name)).isEmpty()).isEqualTo(Namespaces.isName(name));
    }

    private static List<String> choices(JsonNode schema) {
        return schema.path("enum").valueStream().map(JsonNode::asText).toList();
    }

    private static JsonNode schema() throws IOException {
        return new ObjectMapper()
                .readTree(CONFIG.resolve("settings.schema.json").toFile());
    }

    private static Set<ValidationMessage> problems(String yaml) throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(Files.readString(CONFIG.resolve("settings.schema.json")));
        JsonNode settings = new YAMLMapper().readTree(yaml);
        return schema.validate(settings);
    }
}
