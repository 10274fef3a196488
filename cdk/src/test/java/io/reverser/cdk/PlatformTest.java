package io.reverser.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** What only shows at deployment elsewhere is asserted here, in the templates. */
class PlatformTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_RESOURCES = 450;
    private static final int MOST_BYTES = 400_000;

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void hasStacksByLifeCycleEachSmallEnough(String environment) {
        Map<String, Template> all = Synthesised.all(environment);
        assertThat(all.keySet().stream().map(name -> name.substring(environment.length() + 1)))
                .containsExactlyInAnyOrder(
                        "network",
                        "cluster",
                        "database",
                        "delivery",
                        "functions",
                        "addons",
                        "argocd",
                        "app",
                        "observability");
        all.forEach((name, template) -> {
            assertThat(template(template).path("Resources").size()).as(name).isLessThan(MOST_RESOURCES);
            assertThat(template(template).toString().length()).as(name).isLessThan(MOST_BYTES);
        });
    }

    @Test
    void spreadsTheNetworkOverThreeZonesAndTellsLoadBalancersWhereToGo() {
        Template network = Synthesised.stack("prod", "network");
        network.resourceCountIs("AWS::EC2::Subnet", 9);
        network.resourceCountIs("AWS::EC2::NatGateway", 3);
        Synthesised.stack("dev", "network").resourceCountIs("AWS::EC2::NatGateway", 1);
        assertThat(resources(network, "AWS::EC2::Subnet")
                        .filter(subnet -> tags(subnet).contains("kubernetes.io/role/elb"))
                        .count())
                .isEqualTo(3);
        assertThat(resources(network, "AWS::EC2::Subnet")
                        .filter(subnet -> tags(subnet).contains("kubernetes.io/role/internal-elb"))
                        .count())
                .isEqualTo(3);
        network.hasResourceProperties("AWS::EC2::FlowLog", Map.of("TrafficType", "ALL"));
    }

    /** A cluster whose creator is its administrator for ever, or whose secrets are readable on disk, is not ours. */
    @Test
    void makesAClusterThatNobodyOwnsByBirth() {
        Synthesised.stack("prod", "cluster")
                .hasResourceProperties(
                        "AWS::EKS::Cluster",
                        Map.of(
                                "AccessConfig",
                                Map.of("AuthenticationMode", "API", "BootstrapClusterCreatorAdminPermissions", false),
                                "DeletionProtection",
                                true,
                                "EncryptionConfig",
                                List.of(Match.objectLike(Map.of("Resources", List.of("secrets")))),
                                "ResourcesVpcConfig",
                                Match.objectLike(Map.of("PublicAccessCidrs", List.of("203.0.113.0/24")))));
    }

    @Test
    void runsAmazonLinux2023WhosePodsCannotReachTheMachinesCredentials() {
        Template cluster = Synthesised.stack("dev", "cluster");
        cluster.hasResourceProperties(
                "AWS::EKS::Nodegroup",
                Map.of(
                        "AmiType",
                        "AL2023_ARM_64_STANDARD",
                        "ScalingConfig",
                        Map.of("MinSize", 2, "DesiredSize", 2, "MaxSize", 4)));
        cluster.hasResourceProperties(
                "AWS::EC2::LaunchTemplate",
                Map.of(
                        "LaunchTemplateData",
                        Match.objectLike(Map.of(
                                "MetadataOptions", Map.of("HttpTokens", "required", "HttpPutResponseHopLimit", 1)))));
    }

    /** Machines without a network never become ready; what runs on machines waits for them. */
    @Test
    void makesTheNetworkAddonBeforeTheMachinesAndTheOthersAfter() {
        Template cluster = Synthesised.stack("dev", "cluster");
        String nodes = names(cluster, "AWS::EKS::Nodegroup").findFirst().orElseThrow();
        String network = addon(cluster, "vpc-cni");
        assertThat(dependencies(cluster, nodes)).contains(network);
        assertThat(dependencies(cluster, addon(cluster, "coredns"))).contains(nodes);
        assertThat(dependencies(cluster, addon(cluster, "eks-pod-identity-agent")))
                .contains(nodes);
        assertThat(dependencies(cluster, network)).doesNotContain(nodes);
    }

    @Test
    void givesStandingAccessAsTheSettingsSay() {
        Template cluster = Synthesised.stack("dev", "cluster");
        cluster.hasResourceProperties(
                "AWS::EKS::AccessEntry",
                Map.of(
                        "PrincipalArn",
                        "arn:aws:iam::111122223333:role/reverser-developers",
                        "AccessPolicies",
                        List.of(Match.objectLike(Map.of(
                                "AccessScope", Map.of("Type", "namespace", "Namespaces", List.of("reverser")))))));
        assertThat(resources(cluster, "AWS::EKS::AccessEntry")
                        .map(entry ->
                                entry.path("Properties").path("PrincipalArn").toString())
                        .distinct())
                .hasSize(4);
    }

    @Test
    void keepsTheDatabaseToItselfAndForEverInProduction() {
        Template database = Synthesised.stack("prod", "database");
        database.hasResource(
                "AWS::RDS::DBCluster",
                Map.of(
                        "DeletionPolicy",
                        "Retain",
                        "Properties",
                        Match.objectLike(Map.of(
                                "StorageEncrypted",
                                true,
                                "DeletionProtection",
                                true,
                                "BackupRetentionPeriod",
                                35,
                                "ServerlessV2ScalingConfiguration",
                                Map.of("MinCapacity", 1, "MaxCapacity", 8)))));
        database.hasResourceProperties(
                "AWS::RDS::DBClusterParameterGroup",
                Map.of("Parameters", Match.objectLike(Map.of("require_secure_transport", "ON"))));
        database.allResourcesProperties("AWS::RDS::DBInstance", Map.of("PubliclyAccessible", false));
        assertThat(template(database).toString()).doesNotContain("0.0.0.0/0");
        Synthesised.stack("dev", "database").hasResource("AWS::RDS::DBCluster", Map.of("DeletionPolicy", "Delete"));
    }

    @Test
    void hasTheFourKeysThatTheReverserReads() {
        assertThat(resources(Synthesised.stack("dev", "database"), "AWS::SecretsManager::Secret")
                        .map(secret -> secret.path("Properties")
                                .path("GenerateSecretString")
                                .toString()))
                .anySatisfy(secret -> assertThat(secret)
                        .contains(
                                "MYSQL_HOST",
                                "MYSQL_DATABASE",
                                "MYSQL_USER",
                                "\"GenerateStringKey\":\"MYSQL_PASSWORD\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void keepsNoLogForEver(String environment) {
        assertThat(Synthesised.all(environment).values().stream()
                        .flatMap(template -> resources(template, "AWS::Logs::LogGroup")))
                .isNotEmpty()
                .allMatch(log -> log.path("Properties").has("RetentionInDays"));
    }

    /** Without both, any workflow of any repository, or any pod of the cluster, could take the role. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void checksSubjectAndAudienceOfEveryWebIdentity(String environment) {
        var statements = Synthesised.all(environment).values().stream()
                .flatMap(template -> resources(template, "AWS::IAM::Role"))
                .flatMap(role -> stream(
                        role.path("Properties").path("AssumeRolePolicyDocument").path("Statement")))
                .filter(statement -> statement.path("Action").asText().equals("sts:AssumeRoleWithWebIdentity"))
                .toList();
        assertThat(statements)
                .isNotEmpty()
                .allSatisfy(statement -> assertThat(
                                statement.path("Condition").path("StringEquals").toString())
                        .contains(":sub\"", ":aud\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void allowsNoWildcardOnEverything(String environment) {
        Synthesised.all(environment)
                .forEach((name, template) -> policies(template)
                        .flatMap(policy -> stream(policy.path("PolicyDocument").path("Statement")))
                        .filter(statement -> statement.path("Resource").asText().equals("*"))
                        .forEach(statement -> assertThat(actions(statement))
                                .as(name + " " + statement)
                                .allMatch(action -> !action.endsWith("*"))));
    }

    @Test
    void letsThePublicFunctionTouchNoCluster() {
        Template functions = Synthesised.stack("dev", "functions");
        assertThat(policies(functions)
                        .filter(policy -> policy.path("PolicyName").asText().contains("Command")))
                .singleElement()
                .satisfies(policy -> assertThat(policy.toString())
                        .contains("dynamodb:PutItem", "secretsmanager:GetSecretValue")
                        .doesNotContain("eks:", "scheduler:", "iam:", "\"*\""));
    }

    @Test
    void letsTheOtherTouchOnlyEntriesOfItsOwn() {
        List<JsonNode> eks = policies(Synthesised.stack("dev", "functions"))
                .filter(policy -> policy.path("PolicyName").asText().contains("Change"))
                .flatMap(policy -> stream(policy.path("PolicyDocument").path("Statement")))
                .filter(statement -> statement.toString().contains("\"eks:"))
                .toList();
        assertThat(eks)
                .filteredOn(statement -> statement.toString().contains("CreateAccessEntry"))
                .singleElement()
                .satisfies(statement -> assertThat(statement.path("Condition").toString())
                        .contains("aws:RequestTag/cluster-access:managed", "STANDARD", "role/people/ada"));
        assertThat(eks)
                .filteredOn(statement -> statement.toString().contains("AssociateAccessPolicy"))
                .singleElement()
                .satisfies(statement -> assertThat(statement.path("Condition").toString())
                        .contains("aws:ResourceTag/cluster-access:managed", "AmazonEKSEditPolicy"));
        assertThat(eks)
                .filteredOn(statement -> statement.toString().contains("TagResource"))
                .isNotEmpty()
                .allSatisfy(statement -> assertThat(statement.path("Condition").toString())
                        .contains("aws:ResourceTag/cluster-access:managed"));
        assertThat(eks)
                .filteredOn(statement -> statement.toString().contains("DeleteAccessEntry"))
                .singleElement()
                .satisfies(statement -> assertThat(statement.path("Condition").toString())
                        .contains("aws:ResourceTag/cluster-access:managed"));
        assertThat(eks)
                .noneMatch(statement -> statement.path("Resource").asText().equals("*"));
    }

    @Test
    void startsFunctionsFromSnapshotsBehindAnAlias() {
        Template functions = Synthesised.stack("dev", "functions");
        functions.allResourcesProperties(
                "AWS::Lambda::Function",
                Map.of("Runtime", "java25", "SnapStart", Map.of("ApplyOn", "PublishedVersions")));
        functions.resourceCountIs("AWS::Lambda::Alias", 2);
        functions.hasResourceProperties(
                "AWS::Lambda::EventSourceMapping",
                Map.of(
                        "FunctionResponseTypes",
                        List.of("ReportBatchItemFailures"),
                        "BisectBatchOnFunctionError",
                        true,
                        "DestinationConfig",
                        Match.anyValue()));
        functions.hasResourceProperties(
                "AWS::ApiGatewayV2::Stage",
                Map.of("DefaultRouteSettings", Map.of("ThrottlingRateLimit", 20, "ThrottlingBurstLimit", 50)));
        functions.hasResourceProperties("AWS::ApiGatewayV2::Route", Map.of("RouteKey", "POST /slack"));
    }

    @Test
    void keepsEveryImageTagWhatItWas() {
        Synthesised.stack("dev", "delivery")
                .hasResourceProperties(
                        "AWS::ECR::Repository",
                        Map.of(
                                "ImageTagMutability",
                                "IMMUTABLE",
                                "ImageScanningConfiguration",
                                Map.of("ScanOnPush", true)));
    }

    private static JsonNode template(Template template) {
        return JSON.valueToTree(template.toJSON());
    }

    private static Stream<JsonNode> resources(Template template, String type) {
        return stream(template(template).path("Resources"))
                .filter(resource -> resource.path("Type").asText().equals(type));
    }

    private static Stream<String> names(Template template, String type) {
        return template(template).path("Resources").properties().stream()
                .filter(resource -> resource.getValue().path("Type").asText().equals(type))
                .map(Map.Entry::getKey);
    }

    private static String addon(Template template, String name) {
        return template(template).path("Resources").properties().stream()
                .filter(resource -> resource.getValue()
                        .path("Properties")
                        .path("AddonName")
                        .asText()
                        .equals(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> dependencies(Template template, String resource) {
        return stream(template(template).path("Resources").path(resource).path("DependsOn"))
                .map(JsonNode::asText)
                .toList();
    }

    private static String tags(JsonNode resource) {
        return resource.path("Properties").path("Tags").toString();
    }

    private static Stream<JsonNode> policies(Template template) {
        return resources(template, "AWS::IAM::Policy").map(policy -> policy.path("Properties"));
    }

    private static List<String> actions(JsonNode statement) {
        JsonNode actions = statement.path("Action");
        return actions.isTextual()
                ? List.of(actions.asText())
                : stream(actions).map(JsonNode::asText).toList();
    }

    private static Stream<JsonNode> stream(JsonNode nodes) {
        return StreamSupport.stream(nodes.spliterator(), false);
    }
}
