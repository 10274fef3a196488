package io.reverser.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list of permissions is complete: no value that a permission consists of can change without changing the list. */
class PermissionListTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Parts that have no meaning for permissions. A custom resource's ServiceToken is the function that makes it. */
    private static final Pattern MEANINGLESS =
            Pattern.compile(".*/(Tags|Description|PolicyName|Sid|ServiceToken)(/.*)?");

    static Stream<SynthesizedApp> environments() {
        return SynthesizedApp.all();
    }

    /** Changes and removes every value of a kind in the templates, one after the other. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(textBlock = """
            AWS::IAM::Role                      | /AssumeRolePolicyDocument
            AWS::IAM::Role                      | /ManagedPolicyArns
            AWS::IAM::Role                      | /Policies
            AWS::IAM::Role                      | /RoleName
            AWS::IAM::Role                      | /MaxSessionDuration
            AWS::IAM::Policy                    | /
            AWS::IAM::OIDCProvider              | /
            Custom::AWSCDKCfnJson               | /
            AWS::EKS::AccessEntry               | /
            AWS::EKS::PodIdentityAssociation    | /
            AWS::EKS::Cluster                   | /AccessConfig
            AWS::EKS::Cluster                   | /RoleArn
            AWS::EKS::Nodegroup                 | /NodeRole
            AWS::Lambda::Permission             | /
            AWS::Lambda::Function               | /Role
            AWS::Scheduler::Schedule            | /Target/RoleArn
            AWS::EC2::FlowLog                   | /DeliverLogsPermissionArn
            AWS::ApiGatewayV2::Route            | /AuthorizationType
            AWS::S3::BucketPolicy               | /
            AWS::S3::Bucket                     | /PublicAccessBlockConfiguration
            AWS::SQS::QueuePolicy               | /
            AWS::SNS::TopicPolicy               | /
            AWS::KMS::Key                       | /KeyPolicy
            """, delimiter = '|')
    void showsEveryChange(String type, String property) {
        var pointers = Pattern.compile("/Resources/[^/]+/Properties" + property + ".*");
        var changes = new AtomicInteger();
        environments()
                .forEach(environment -> environment.templates().forEach((stack, template) -> {
                    for (String pointer : leaves(template, type, pointers)) {
                        assertChangesShow(stack, template, pointer);
                        changes.incrementAndGet();
                    }
                }));
        assertThat(changes).hasPositiveValue();
    }

    /** Kinds of permissions that no template has yet. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            AWS::IAM::Role                   | {"PermissionsBoundary": "arn:aws:iam::1:policy/boundary"}
            AWS::IAM::ManagedPolicy          | {"Roles": ["r"], "Users": ["u"], "Groups": ["g"], "PolicyDocument": POLICY}
            AWS::IAM::InstanceProfile        | {"Roles": ["r"]}
            AWS::SecretsManager::ResourcePolicy | {"SecretId": "s", "BlockPublicPolicy": true, "ResourcePolicy": POLICY}
            AWS::Logs::ResourcePolicy        | {"PolicyDocument": "TEXT"}
            AWS::ECR::Repository             | {"RepositoryPolicyText": POLICY}
            AWS::DynamoDB::GlobalTable       | {"Replicas": [{"ResourcePolicy": {"PolicyDocument": POLICY}}]}
            AWS::EC2::VPCEndpoint            | {"PolicyDocument": POLICY}
            AWS::Events::EventBusPolicy      | {"EventBusName": "b", "StatementId": "s", "Statement": {"Action": "a"}}
            AWS::Lambda::LayerVersionPermission | {"Action": "a", "LayerVersionArn": "v", "Principal": "p"}
            AWS::Lambda::Url                 | {"AuthType": "AWS_IAM"}
            """, delimiter = '|')
    void showsEveryChangeOfKindsThatNoTemplateHas(String type, String properties) throws IOException {
        String policy = """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "NotPrincipal": {"AWS": ["a", "b"]}, \
                "NotAction": ["s3:Get*"], "NotResource": "r", "Condition": {"IpAddressIfExists": {"aws:SourceIp": "i"}}}]}""";
        JsonNode template = JSON.readTree("{\"Resources\": {\"X\": {\"Type\": \"%s\", \"Properties\": %s}}}"
                .formatted(
                        type,
                        properties.replace("POLICY", policy).replace("\"TEXT\"", JSON.writeValueAsString(policy))));
        List<String> leaves = leaves(template, type, Pattern.compile(".*"));
        assertThat(leaves).isNotEmpty();
        leaves.forEach(pointer -> assertChangesShow("stack", template, pointer));
    }

    @Test
    void namesOperatorsAndValuesOfConditions() throws IOException {
        assertThat(statement("""
                {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": ["s3:Put*", "s3:Get*"], "Resource": "*",
                 "Condition": {"StringNotEqualsIfExists": {"aws:SourceAccount": ["2", "1"]}, "Bool": {"aws:SecureTransport": false}}}
                """))
                .isEqualTo("Deny AWS * may s3:Get*, s3:Put* on * if Bool aws:SecureTransport = false; "
                        + "StringNotEqualsIfExists aws:SourceAccount = 1, 2");
    }

    /** A reviewer cannot compare a hundred ARNs, but sees that one of them changed. */
    @Test
    void hashesLongListsOfValues() throws IOException {
        assertThat(statement(conditionWithValues(5))).endsWith("ArnEquals eks:principalArn = p0, p1, p2, p3, p4");
        assertThat(statement(conditionWithValues(6)))
                .endsWith("ArnEquals eks:principalArn = 6 values with the hash a6835247722301b0");
        assertThat(statement(conditionWithValues(6).replace("p5", "p6"))).contains("6 values");
        assertThat(statement(conditionWithValues(6).replace("p5", "p6")))
                .isNotEqualTo(statement(conditionWithValues(6)));
    }

    private static String conditionWithValues(int count) {
        return "{\"Effect\": \"Allow\", \"Action\": \"a\", \"Condition\": {\"ArnEquals\": {\"eks:principalArn\": [%s]}}}"
                .formatted(String.join(
                        ", ",
                        IntStream.range(0, count).mapToObj("\"p%d\""::formatted).toList()));
    }

    private static String statement(String json) throws IOException {
        JsonNode template = JSON.readTree(
                "{\"Resources\": {\"X\": {\"Type\": \"AWS::SQS::QueuePolicy\", \"Properties\": {\"PolicyDocument\": {\"Version\": \"2012-10-17\", \"Statement\": [%s]}}}}}"
                        .formatted(json));
        return PermissionList.of("stack", template).toList().getFirst().replaceFirst("^stack/X: ", "");
    }

    /** The JSON pointers of all values of resources of a type. */
    private static List<String> leaves(JsonNode template, String type, Pattern pattern) {
        return template.path("Resources").properties().stream()
                .filter(resource -> resource.getValue().path("Type").asText().equals(type))
                .flatMap(resource -> leaves(
                        "/Resources/" + resource.getKey() + "/Properties",
                        resource.getValue().path("Properties")))
                .filter(pointer -> pattern.matcher(pointer).matches()
                        && !MEANINGLESS.matcher(pointer).matches())
                .toList();
    }

    private static Stream<String> leaves(String pointer, JsonNode node) {
        if (node.isObject()) {
            return node.properties().stream()
                    .flatMap(part -> leaves(
                            pointer + "/" + part.getKey().replace("~", "~0").replace("/", "~1"), part.getValue()));
        }
        return node.isArray()
                ? IntStream.range(0, node.size())
                        .boxed()
                        .flatMap(index -> leaves(pointer + "/" + index, node.path(index)))
                : Stream.of(pointer);
    }

    private static void assertChangesShow(String stack, JsonNode template, String pointer) {
        List<String> before = PermissionList.of(stack, template).toList();
        JsonNode changed = template.deepCopy();
        set(changed, JsonPointer.compile(pointer), true);
        assertThat(PermissionList.of(stack, changed)).as("changed " + pointer).isNotEqualTo(before);
        JsonNode reduced = template.deepCopy();
        set(reduced, JsonPointer.compile(pointer), false);
        assertThat(PermissionList.of(stack, reduced)).as("removed " + pointer).isNotEqualTo(before);
    }

    /** Changes or removes a value. */
    private static void set(JsonNode template, JsonPointer pointer, boolean keep) {
        JsonNode parent = template.at(pointer.head());
        JsonNode value = changed(template.at(pointer));
        if (parent instanceof ObjectNode object) {
            String key = pointer.last().getMatchingProperty();
            if (keep) {
                object.set(key, value);
            } else {
                object.remove(key);
            }
        } else if (parent instanceof ArrayNode array) {
            int index = pointer.last().getMatchingIndex();
            if (keep) {
                array.set(index, value);
            } else {
                array.remove(index);
            }
        }
    }

    private static JsonNode changed(JsonNode value) {
        return switch (value.getNodeType()) {
            case BOOLEAN -> BooleanNode.valueOf(!value.asBoolean());
            case NUMBER -> IntNode.valueOf(value.asInt() + 1);
            default ->
                TextNode.valueOf(
                        value.asText().contains("s3:Get*")
                                ? value.asText().replace("s3:Get*", "s3:*")
                                : value.asText() + "x");
        };
    }
}
