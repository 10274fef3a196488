package io.reverser.cdk.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.cdk.SynthesizedApp;
import io.reverser.cdk.SynthesizedApp.Resource;
import io.reverser.cdk.settings.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatabaseStackTest {

    static Stream<SynthesizedApp> environments() {
        return SynthesizedApp.all();
    }

    @ParameterizedTest
    @MethodSource("environments")
    void isolatesTheDatabase(SynthesizedApp environment) {
        Resource cluster = environment.resource("AWS::RDS::DBCluster");
        assertThat(cluster.at("/StorageEncrypted").asBoolean()).isTrue();
        assertThat(environment
                        .resource("AWS::RDS::DBClusterParameterGroup")
                        .at("/Parameters/require_secure_transport")
                        .asText())
                .isEqualTo("ON");
        assertThat(environment.resources("AWS::RDS::DBInstance"))
                .isNotEmpty()
                .allMatch(instance -> !instance.at("/PubliclyAccessible").asBoolean(true));
        assertThat(environment.template("database").toString()).doesNotContain("0.0.0.0/0");
        assertThat(environment.resources("AWS::EC2::SecurityGroupIngress"))
                .filteredOn(rule -> rule.stack().equals("database"))
                .extracting(rule -> rule.at("/FromPort").asInt())
                .containsExactly(3306);
    }

    @Test
    void appliesDatabaseSettings() {
        Resource cluster = SynthesizedApp.of("prod").resource("AWS::RDS::DBCluster");
        assertThat(cluster.at("/ServerlessV2ScalingConfiguration").toString())
                .isEqualTo("{\"MaxCapacity\":8,\"MinCapacity\":1}");
        assertThat(cluster.at("/BackupRetentionPeriod").asInt()).isEqualTo(35);
        assertThat(cluster.at("/DeletionProtection").asBoolean()).isTrue();
        assertThat(SynthesizedApp.of("prod").resources("AWS::RDS::DBInstance")).hasSize(2);
        assertThat(SynthesizedApp.of("dev").resources("AWS::RDS::DBInstance")).hasSize(1);
    }

    /** After an automatic upgrade, a deployment that changes the version could be refused as a downgrade. */
    @ParameterizedTest
    @MethodSource("environments")
    void upgradesTheDatabaseOnlyByDeployment(SynthesizedApp environment) {
        assertThat(Stream.of("AWS::RDS::DBCluster", "AWS::RDS::DBInstance")
                        .flatMap(type -> environment.resources(type).stream()))
                .hasSizeGreaterThan(1)
                .allSatisfy(resource -> assertThat(
                                resource.at("/AutoMinorVersionUpgrade").asBoolean(true))
                        .as(resource.id())
                        .isFalse());
        assertThat(environment
                        .resource("AWS::RDS::DBCluster")
                        .at("/EngineVersion")
                        .asText())
                .isEqualTo("8.0.mysql_aurora.3.10.4");
    }

    /** By default, Aurora writes no slow query log, and creates log groups without a retention period. */
    @ParameterizedTest
    @MethodSource("environments")
    void createsLogGroupsBeforeTheDatabase(SynthesizedApp environment) {
        Resource cluster = environment.resource("AWS::RDS::DBCluster");
        List<String> exported = SynthesizedApp.texts(cluster.at("/EnableCloudwatchLogsExports"));
        assertThat(exported)
                .contains("slowquery")
                .allSatisfy(log -> assertThat(cluster.dependsOn())
                        .contains(environment
                                .resource(
                                        "AWS::Logs::LogGroup",
                                        "/LogGroupName",
                                        "/aws/rds/cluster/%s/%s"
                                                .formatted(
                                                        cluster.at("/DBClusterIdentifier")
                                                                .asText(),
                                                        log))
                                .id()));
        assertThat(environment.resource("AWS::RDS::DBClusterParameterGroup").at("/Parameters"))
                .asString()
                .contains("\"slow_query_log\":\"1\"", "\"log_output\":\"FILE\"");
    }

    @ParameterizedTest
    @MethodSource("environments")
    void storesTheFourKeysOfTheReverser(SynthesizedApp environment) {
        Resource secret = secret(environment);
        assertThat(secret.at("/GenerateSecretString").toString())
                .contains("MYSQL_HOST", "MYSQL_DATABASE", "MYSQL_USER", "\"GenerateStringKey\":\"MYSQL_PASSWORD\"");
        assertThat(secret.at("/GenerateSecretString/ExcludePunctuation").asBoolean())
                .isTrue();
    }

    /** If one of these texts changes in any way, CloudFormation generates a new password (ADR 32). */
    @ParameterizedTest
    @MethodSource("environments")
    void generatesSecretsFromFixedTexts(SynthesizedApp environment) {
        assertThat(environment.resources("AWS::SecretsManager::Secret"))
                .extracting(secret -> secret.id() + " " + secret.at("/GenerateSecretString"))
                .containsExactlyInAnyOrder("""
                        AccessTagSigningKey9A1F8CF5 \
                        {"ExcludePunctuation":true,"GenerateStringKey":"mac_key","PasswordLength":64,\
                        "SecretStringTemplate":"{}"}""", """
                        ApplicationD9CED6CE \
                        {"ExcludePunctuation":true,"GenerateStringKey":"MYSQL_PASSWORD","PasswordLength":32,\
                        "SecretStringTemplate":{"Fn::Join":["",["{\\"MYSQL_DATABASE\\":\\"reverser\\",\\"MYSQL_HOST\\":\\"",\
                        {"Fn::GetAtt":["ClusterEB0386A7","Endpoint.Address"]},\
                        "\\",\\"MYSQL_USER\\":\\"reverser\\"}"]]}}""", """
                        ClusterSecret6368BD0F \
                        {"ExcludeCharacters":" %+~`#$&*()|[]{}:;<>?!'/@\\"\\\\","GenerateStringKey":"password",\
                        "PasswordLength":30,"SecretStringTemplate":"{\\"username\\":\\"administrator\\"}"}""");
    }

    /**
     * The secret initially contains the first of the two users; CloudFormation does not reset the secret after a
     * rotation.
     */
    @Test
    void createsBothAlternatingUsers(@TempDir Path config) throws IOException {
        String settings = Files.readString(Path.of("config/dev.yaml"));
        TestSettings.write(
                config,
                settings.replace(
                        "strategy: dual_password", "strategy: alternating_users\n  users: [reverser, reverser_2]"));
        SynthesizedApp dev = SynthesizedApp.of("dev", config);
        assertThat(dev.resource("AWS::Lambda::Function", "/FunctionName", "dev-database-user")
                        .at("/Environment/Variables/DATABASE_USERS")
                        .asText())
                .isEqualTo("reverser,reverser_2");
        assertThat(secret(dev).at("/GenerateSecretString").toString())
                .isEqualTo(secret(SynthesizedApp.of("dev"))
                        .at("/GenerateSecretString")
                        .toString());
    }

    /**
     * Aurora creates only the administrator, so without the function that creates the database user, the reverser could
     * not log in.
     */
    @ParameterizedTest
    @MethodSource("environments")
    void createsTheDatabaseUserAfterTheDatabase(SynthesizedApp environment) {
        Resource trigger = environment.resource("Custom::Trigger");
        assertThat(trigger.at("/InvocationType").asText()).isEqualTo("RequestResponse");
        assertThat(trigger.dependsOn())
                .containsAll(environment.resources("AWS::RDS::DBInstance").stream()
                        .map(Resource::id)
                        .toList());
        assertThat(environment
                        .resource("AWS::RDS::DBCluster")
                        .at("/EnableHttpEndpoint")
                        .asBoolean())
                .isTrue();
        assertThat(environment.dependencies("app")).contains("database");
    }

    private static Resource secret(SynthesizedApp environment) {
        return environment.resource(
                "AWS::SecretsManager::Secret", "/Name", environment.environment() + "/reverser/database");
    }
}
