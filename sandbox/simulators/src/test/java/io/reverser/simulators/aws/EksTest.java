package io.reverser.simulators.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.AccessScopeType;
import software.amazon.awssdk.services.eks.model.AssociatedAccessPolicy;
import software.amazon.awssdk.services.eks.model.EksException;
import software.amazon.awssdk.services.eks.model.InvalidParameterException;
import software.amazon.awssdk.services.eks.model.InvalidRequestException;
import software.amazon.awssdk.services.eks.model.ResourceInUseException;
import software.amazon.awssdk.services.eks.model.ResourceLimitExceededException;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;

/** Behaves as EKS's API reference says, seen through the real SDK. */
class EksTest {

    private static final String ADA = "arn:aws:iam::111122223333:role/team/ada";
    private static final String POLICIES = "arn:aws:eks::aws:cluster-access-policy/";
    private static final String VIEW = POLICIES + "AmazonEKSViewPolicy";
    private static final String EDIT = POLICIES + "AmazonEKSEditPolicy";

    private final AwsEndpoint aws = AwsEndpoint.start();
    private final EksClient eks = Clients.client(EksClient.builder(), aws);

    @BeforeEach
    void cluster() {
        aws.eks().cluster("prod", "API");
        aws.eks().cluster("old", "CONFIG_MAP");
    }

    @AfterEach
    void close() {
        eks.close();
        aws.close();
    }

    @Test
    void createsDescribesUpdatesAndDeletes() {
        create(ADA, Map.of("team", "shop"));
        eks.updateAccessEntry(request -> request.clusterName("prod")
                .principalArn(ADA)
                .username("people:{{SessionName}}")
                .kubernetesGroups("readers"));
        assertThat(eks.describeAccessEntry(
                                request -> request.clusterName("prod").principalArn(ADA))
                        .accessEntry())
                .satisfies(entry -> {
                    assertThat(entry.tags()).containsEntry("team", "shop");
                    assertThat(entry.username()).isEqualTo("people:{{SessionName}}");
                    assertThat(entry.kubernetesGroups()).containsExactly("readers");
                    assertThat(entry.createdAt()).isNotNull();
                });
        eks.deleteAccessEntry(request -> request.clusterName("prod").principalArn(ADA));
        assertThatThrownBy(() -> eks.deleteAccessEntry(
                        request -> request.clusterName("prod").principalArn(ADA)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void takesOneEntryForEachPrincipal() {
        create(ADA, Map.of());
        assertThatThrownBy(() -> create(ADA, Map.of()))
                .isInstanceOf(ResourceInUseException.class)
                .extracting(failure -> ((EksException) failure).statusCode())
                .isEqualTo(409);
    }

    /** As in the original: the scope that was there is gone, and nobody says so. */
    @Test
    void replacesTheScopeOfAPolicySilently() {
        create(ADA, Map.of());
        associate(VIEW, List.of());
        associate(VIEW, List.of("shop"));
        associate(EDIT, List.of("shop", "dev-*"));
        assertThat(policies())
                .extracting(policy ->
                        policy.policyArn() + " " + policy.accessScope().typeAsString()
                                + policy.accessScope().namespaces())
                .containsExactly(EDIT + " namespace[dev-*, shop]", VIEW + " namespace[shop]");
        eks.disassociateAccessPolicy(
                request -> request.clusterName("prod").principalArn(ADA).policyArn(VIEW));
        assertThat(policies()).hasSize(1);
        assertThatThrownBy(() -> eks.disassociateAccessPolicy(
                        request -> request.clusterName("prod").principalArn(ADA).policyArn(VIEW)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void tagsWithPutSemantics() {
        create(ADA, Map.of("a", "1", "b", "2"));
        String arn = aws.eks().find("prod", ADA).orElseThrow().arn();
        eks.tagResource(request -> request.resourceArn(arn).tags(Map.of("b", "3", "c", "4")));
        eks.untagResource(request -> request.resourceArn(arn).tagKeys("a"));
        assertThat(eks.listTagsForResource(request -> request.resourceArn(arn)).tags())
                .containsExactlyInAnyOrderEntriesOf(Map.of("b", "3", "c", "4"));
    }

    @Test
    void listsAHundredOnAPageAndByPolicy() {
        IntStream.range(0, 250)
                .forEach(i -> aws.eks().entry("prod", "arn:aws:iam::111122223333:role/r%03d".formatted(i), Map.of()));
        aws.eks().associate("prod", "arn:aws:iam::111122223333:role/r007", VIEW);
        assertThat(eks.listAccessEntries(request -> request.clusterName("prod")).accessEntries())
                .hasSize(100);
        assertThat(eks.listAccessEntriesPaginator(request -> request.clusterName("prod")).accessEntries().stream())
                .hasSize(250)
                .doesNotHaveDuplicates();
        assertThat(eks.listAccessEntries(request -> request.clusterName("prod").associatedPolicyArn(VIEW))
                        .accessEntries())
                .containsExactly("arn:aws:iam::111122223333:role/r007");
    }

    @Test
    void takesThreeThousandEntriesAndNoMore() {
        IntStream.range(0, 3000)
                .forEach(i -> aws.eks().entry("prod", "arn:aws:iam::111122223333:role/r" + i, Map.of()));
        assertThatThrownBy(() -> create(ADA, Map.of())).isInstanceOf(ResourceLimitExceededException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada",
                "arn:aws:sts::111122223333:assumed-role/ada/session",
                "arn:aws:iam::111122223333:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS",
                "arn:aws:iam::1111:role/ada"
            })
    void refusesPrincipalsThatAreNone(String principal) {
        assertThatThrownBy(() -> create(principal, Map.of()))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("invalid principal");
    }

    @ParameterizedTest
    @ValueSource(strings = {"why, and #1", "a(b)", "line\nbreak"})
    void refusesTagsWithOtherCharacters(String value) {
        assertThatThrownBy(() -> create(ADA, Map.of("reason", value))).isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void refusesPoliciesAndScopesThatAreNone() {
        create(ADA, Map.of());
        assertThatThrownBy(() -> associate("arn:aws:iam::aws:policy/AdministratorAccess", List.of()))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> eks.associateAccessPolicy(request -> request.clusterName("prod")
                        .principalArn(ADA)
                        .policyArn(VIEW)
                        .accessScope(scope -> scope.type(AccessScopeType.NAMESPACE))))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void takesNoEntriesInConfigMapModeAndKnowsItsClusters() {
        assertThatThrownBy(() -> eks.createAccessEntry(
                        request -> request.clusterName("old").principalArn(ADA)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("authentication mode");
        assertThatThrownBy(() -> eks.describeCluster(request -> request.name("none")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void putsEntriesIntoKubernetesGroupsButNotIntoItsOwn() {
        eks.createAccessEntry(
                request -> request.clusterName("prod").principalArn(ADA).kubernetesGroups("rotation"));
        assertThat(aws.eks().find("prod", ADA).orElseThrow().groups()).containsExactly("rotation");
        assertThatThrownBy(() -> eks.updateAccessEntry(
                        request -> request.clusterName("prod").principalArn(ADA).kubernetesGroups("system:masters")))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void saysWhereKubernetesIs() {
        assertThat(eks.describeCluster(request -> request.name("prod"))
                        .cluster()
                        .endpoint())
                .isNull();
        aws.eks().attach("prod", URI.create("https://127.0.0.1:6443"), "-----BEGIN");
        assertThat(eks.describeCluster(request -> request.name("prod")).cluster())
                .satisfies(cluster -> {
                    assertThat(cluster.endpoint()).isEqualTo("https://127.0.0.1:6443");
                    assertThat(cluster.certificateAuthority().data()).isEqualTo("LS0tLS1CRUdJTg==");
                });
    }

    @Test
    void failsAsItIsTold() {
        aws.faults().plan("EKS.CreateAccessEntry", Faults.Fault.FAILS_AFTER, 1);
        assertThatThrownBy(() -> create(ADA, Map.of()))
                .extracting(failure -> ((EksException) failure).statusCode())
                .isEqualTo(500);
        assertThat(aws.eks().find("prod", ADA)).isPresent();
        aws.faults().plan("EKS.DeleteAccessEntry", Faults.Fault.THROTTLES, 1);
        assertThatThrownBy(() -> eks.deleteAccessEntry(
                        request -> request.clusterName("prod").principalArn(ADA)))
                .extracting(failure -> ((EksException) failure).isThrottlingException())
                .isEqualTo(true);
        assertThat(aws.eks().find("prod", ADA)).isPresent();
    }

    private void create(String principal, Map<String, String> tags) {
        eks.createAccessEntry(
                request -> request.clusterName("prod").principalArn(principal).tags(tags));
    }

    private void associate(String policy, List<String> namespaces) {
        eks.associateAccessPolicy(request -> request.clusterName("prod")
                .principalArn(ADA)
                .policyArn(policy)
                .accessScope(scope -> scope.type(namespaces.isEmpty() ? "cluster" : "namespace")
                        .namespaces(namespaces)));
    }

    private List<AssociatedAccessPolicy> policies() {
        return eks.listAssociatedAccessPolicies(
                        request -> request.clusterName("prod").principalArn(ADA))
                .associatedAccessPolicies();
    }
}
