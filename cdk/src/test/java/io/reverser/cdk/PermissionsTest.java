package io.reverser.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the IAM permissions in the templates. */
class PermissionsTest {

    /**
     * The wildcard actions that are allowed on all resources: only in CDK's own roles, and in KMS key policies, which
     * require this form.
     */
    private static final Set<String> WILDCARD_ACTIONS = Set.of("kms:*", "kms:GenerateDataKey*", "kms:ReEncrypt*");

    static Stream<SynthesizedApp> environments() {
        return SynthesizedApp.all();
    }

    /** The golden file lists all permissions, so that a new or wider permission is one line in its diff. */
    @ParameterizedTest
    @MethodSource("environments")
    void allowsOnlyGoldenPermissions(SynthesizedApp environment) {
        GoldenFile.check(environment.environment() + ".permissions.txt", PermissionList.of(environment));
    }

    /** A managed policy of AWS may change at any time, so only policies that a program of AWS requires are attached. */
    @ParameterizedTest
    @MethodSource("environments")
    void attachesNoBroadManagedPolicies(SynthesizedApp environment) {
        assertThat(PermissionList.of(environment))
                .filteredOn(line -> line.contains("managed policy "))
                .hasSizeGreaterThan(5)
                .noneMatch(line -> line.matches(".*(Administrator|PowerUser|FullAccess|IAM).*"));
    }

    @ParameterizedTest
    @MethodSource("environments")
    void allowsNoWildcardActionsOnAllResources(SynthesizedApp environment) {
        assertThat(IamPermission.findAll(environment).stream()
                        .filter(permission -> permission.resources().contains("*"))
                        .flatMap(permission -> permission.actions().stream())
                        .filter(action -> action.endsWith("*")))
                .isSubsetOf(WILDCARD_ACTIONS);
    }

    /**
     * Conditions on the token's subject and audience are both needed: without them, any GitHub workflow, or any pod of
     * the cluster, could assume the role.
     */
    @ParameterizedTest
    @MethodSource("environments")
    void checksSubjectAndAudienceOfEveryWebIdentity(SynthesizedApp environment) {
        List<String> conditions = environment.resources("AWS::IAM::Role").stream()
                .flatMap(role -> SynthesizedApp.items(role.at("/AssumeRolePolicyDocument/Statement"))
                        .filter(statement -> statement.path("Action").asText().equals("sts:AssumeRoleWithWebIdentity"))
                        .map(statement -> resolveCondition(environment, role.stack(), statement)))
                .toList();
        assertThat(conditions)
                .hasSize(5)
                .allMatch(condition -> condition.contains(":sub") && condition.contains(":aud"))
                .anyMatch(condition -> condition.contains("repo:example/reverser-platform:ref:refs/heads/main"))
                .anyMatch(condition -> condition.contains("system:serviceaccount:argocd:argocd-secrets"))
                .anyMatch(condition -> condition.contains("system:serviceaccount:reverser:reverser"));
    }

    /** Only EKS Pod Identity can assume the roles of pods. */
    @ParameterizedTest
    @MethodSource("environments")
    void givesEachControllerItsOwnRole(SynthesizedApp environment) {
        assertThat(environment.resources("AWS::EKS::PodIdentityAssociation"))
                .extracting(association -> association.at("/Namespace").asText() + ":"
                        + association.at("/ServiceAccount").asText())
                .containsExactlyInAnyOrder(
                        "kube-system:aws-load-balancer-controller",
                        "kube-system:cluster-autoscaler",
                        "kube-system:aws-for-fluent-bit",
                        "amazon-cloudwatch:cloudwatch-agent",
                        "argocd:argocd-image-updater");
        assertThat(environment.resources("AWS::EKS::PodIdentityAssociation"))
                .extracting(
                        association -> association.at("/RoleArn/Fn::GetAtt/0").asText())
                .doesNotHaveDuplicates();
    }

    @Test
    void givesCommandNoClusterPermissions() {
        assertThat(permissionsOf("AccessCommand")).isNotEmpty().allSatisfy(permission -> {
            assertThat(permission.actions()).noneMatch(action -> action.matches("(eks|scheduler|iam|sts|lambda):.*"));
            assertThat(permission.resources()).doesNotContain("*");
        });
    }

    @Test
    void limitsGranterToManagedEntries() {
        assertThat(conditions("AccessGranter", "eks:CreateAccessEntry"))
                .contains("aws:RequestTag/cluster-access:managed", "STANDARD", "role/people/ada")
                .contains("\"Null\":{\"eks:kubernetesGroups\":\"true\",\"eks:username\":\"true\"}");
        assertThat(conditions("AccessGranter", "eks:DeleteAccessEntry"))
                .contains("aws:ResourceTag/cluster-access:managed");
    }

    /** The level edit is for namespaces, so that its policy must not be associated with the whole cluster. */
    @Test
    void limitsGranterToTheScopeOfEachLevel() {
        String policies = "\"ArnEquals\":{\"eks:policyArn\":";
        String arns = "arn:aws:eks::aws:cluster-access-policy/";
        assertThat(permissionsOf("AccessGranter"))
                .filteredOn(permission -> permission.actions().contains("eks:AssociateAccessPolicy"))
                .extracting(IamPermission::conditions)
                .containsExactlyInAnyOrder(
                        ("{" + policies + "[\"%1$sAmazonEKSClusterAdminPolicy\",\"%1$sAmazonEKSViewPolicy\"]},"
                                        + "\"StringEquals\":{\"aws:ResourceTag/cluster-access:managed\":\"v1\",\"eks:accessScope\":\"cluster\"}}")
                                .formatted(arns),
                        ("{" + policies + "[\"%1$sAmazonEKSEditPolicy\"]},"
                                        + "\"ForAllValues:StringLike\":{\"eks:namespaces\":[\"reverser\"]},"
                                        + "\"StringEquals\":{\"aws:ResourceTag/cluster-access:managed\":\"v1\",\"eks:accessScope\":\"namespace\"}}")
                                .formatted(arns));
    }

    /** EKS requires eks:TagResource to create an access entry with tags. Only entries of principals in the access
     * policy may be tagged later, not the entries of standing access, the rotation and CDK.
     */
    @Test
    void limitsGranterTagging() {
        assertThat(permissionsOf("AccessGranter"))
                .filteredOn(permission -> permission.actions().contains("eks:TagResource"))
                .extracting(IamPermission::conditions)
                .containsExactlyInAnyOrder(
                        "{\"StringEquals\":{\"aws:ResourceTag/cluster-access:managed\":\"v1\"}}",
                        ("{\"ArnEquals\":{\"eks:principalArn\":[\"%1$s/ada\",\"%1$s/bob\",\"%1$s/eve\"]},"
                                        + "\"Null\":{\"aws:ResourceTag/cluster-access:managed\":\"true\"},"
                                        + "\"StringEquals\":{\"aws:RequestTag/cluster-access:managed\":\"v1\"}}")
                                .formatted("arn:aws:iam::111122223333:role/people"));
        assertThat(permissionsOf("AccessGranter"))
                .filteredOn(permission -> permission.conditions().contains("eks:principalArn"))
                .hasSize(2)
                .allSatisfy(permission -> assertThat(permission.actions()).hasSize(1))
                .flatExtracting(IamPermission::resources)
                .containsOnly(
                        "arn:aws:eks:eu-central-1:111122223333:cluster/dev",
                        "arn:aws:eks:eu-central-1:111122223333:access-entry/dev/*");
    }

    /**
     * The rotator may change one secret, read two others, and describe the cluster and alarms. Its code may not manage
     * network interfaces.
     */
    @Test
    void limitsRotationToOneSecret() {
        List<IamPermission> permissions = permissionsOf("RotatorRole");
        assertThat(permissions)
                .flatExtracting(IamPermission::actions)
                .filteredOn(action -> action.matches("(secretsmanager|eks|cloudwatch|iam|sts|rds|kms|lambda):.*"))
                .containsExactlyInAnyOrder(
                        "secretsmanager:DescribeSecret",
                        "secretsmanager:GetSecretValue",
                        "secretsmanager:PutSecretValue",
                        "secretsmanager:UpdateSecretVersionStage",
                        "secretsmanager:RotateSecret",
                        "secretsmanager:GetSecretValue",
                        "eks:DescribeCluster",
                        "cloudwatch:DescribeAlarms",
                        "lambda:InvokeFunction");
        // The caller of RotateSecret needs permission to invoke the rotation function. The function's ARN is built from
        // its name, because the function depends on its policy.
        assertThat(permissions)
                .filteredOn(permission -> permission.actions().contains("lambda:InvokeFunction"))
                .flatExtracting(IamPermission::resources)
                .containsExactly("arn:aws:lambda:eu-central-1:111122223333:function:dev-rotation-rotator");
        assertThat(permissions)
                .filteredOn(permission -> permission.actions().contains("secretsmanager:PutSecretValue"))
                .flatExtracting(IamPermission::resources)
                .singleElement()
                .asString()
                .contains("dev-database:ExportsOutputRefApplication");
        assertThat(SynthesizedApp.of("dev").resources("AWS::IAM::Policy").stream()
                        .filter(policy -> policy.id().startsWith("RotatorRole"))
                        .flatMap(policy -> SynthesizedApp.items(policy.at("/PolicyDocument/Statement")))
                        .filter(statement -> statement.path("Effect").asText().equals("Deny")))
                .singleElement()
                .asString()
                .contains("ec2:CreateNetworkInterface", "lambda:SourceFunctionArn", ":function:dev-rotation-rotator");
    }

    /**
     * The autoscaler and the load balancer controller may read resources of all clusters, but change only resources
     * with the tag of their own cluster.
     */
    @Test
    void limitsControllersToTheirCluster() {
        assertThat(conditions("clusterautoscaler", "autoscaling:SetDesiredCapacity"))
                .contains("\"aws:ResourceTag/k8s.io/cluster-autoscaler/dev\":\"owned\"");
        assertThat(conditions("awsloadbalancercontroller", "elasticloadbalancing:DeleteLoadBalancer"))
                .contains("\"aws:ResourceTag/elbv2.k8s.aws/cluster\":\"dev\"");
        assertThat(conditions("awsloadbalancercontroller", "elasticloadbalancing:CreateLoadBalancer"))
                .contains("\"aws:RequestTag/elbv2.k8s.aws/cluster\":\"dev\"");
        assertThat(permissionsOf("awsloadbalancercontroller"))
                .filteredOn(permission -> permission.actions().contains("elasticloadbalancing:AddTags")
                        && permission.resources().toString().contains("loadbalancer/"))
                .hasSize(2)
                .allMatch(permission -> permission.conditions().contains("aws:ResourceTag/")
                        || permission.conditions().contains("elasticloadbalancing:CreateAction"));
    }

    /** Without autoscaling:DescribeTags, the cluster autoscaler finds no Auto Scaling groups, and no error says why. */
    @Test
    void allowsAutoscalerToReadTags() {
        assertThat(permissionsOf("clusterautoscaler").stream().flatMap(permission -> permission.actions().stream()))
                .contains("autoscaling:DescribeTags", "eks:DescribeNodegroup");
    }

    /** Only CloudWatch may publish to the alarm topics, and only for alarms in this account. */
    @Test
    void allowsCloudWatchToPublishToEncryptedTopics() {
        for (String action : List.of("sns:Publish", "kms:GenerateDataKey*")) {
            assertThat(IamPermission.findAll(SynthesizedApp.of("dev")))
                    .filteredOn(permission -> permission.stack().equals("observability")
                            && permission.actions().contains(action))
                    .isNotEmpty()
                    .allSatisfy(permission -> assertThat(permission.statement().toString())
                            .contains("cloudwatch.amazonaws.com", "\"aws:SourceAccount\":\"111122223333\""));
        }
    }

    private static List<IamPermission> permissionsOf(String principal) {
        return IamPermission.findAll(SynthesizedApp.of("dev")).stream()
                .filter(permission -> permission.principal().startsWith(principal))
                .toList();
    }

    private static String conditions(String principal, String action) {
        List<IamPermission> found = permissionsOf(principal).stream()
                .filter(permission -> permission.actions().contains(action))
                .toList();
        assertThat(found).as(action).hasSize(1);
        return found.getFirst().conditions();
    }

    /**
     * Finds the content of a condition. If its keys are known only at deployment, the content comes from a CfnJson
     * resource.
     */
    private static String resolveCondition(SynthesizedApp environment, String stack, JsonNode statement) {
        JsonNode equals = statement.path("Condition").path("StringEquals");
        String reference = equals.path("Fn::GetAtt").path(0).asText();
        return reference.isEmpty()
                ? equals.toString()
                : environment
                        .template(stack)
                        .path("Resources")
                        .path(reference)
                        .path("Properties")
                        .path("Value")
                        .toString();
    }
}
