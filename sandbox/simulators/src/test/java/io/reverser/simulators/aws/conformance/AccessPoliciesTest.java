package io.reverser.simulators.aws.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.AccessScopeType;
import software.amazon.awssdk.services.eks.model.AssociateAccessPolicyResponse;
import software.amazon.awssdk.services.eks.model.AssociatedAccessPolicy;
import software.amazon.awssdk.services.eks.model.InvalidParameterException;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;

/**
 * Rules for the access policies of EKS access entries.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/APIReference/API_AssociateAccessPolicy.html">AssociateAccessPolicy</a>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessPoliciesTest {

    private static final String ADA = ConformanceTarget.principalArns().getFirst();
    private static final String POLICIES = "arn:aws:eks::aws:cluster-access-policy/";
    private static final String VIEW = POLICIES + "AmazonEKSViewPolicy";
    private static final String EDIT = POLICIES + "AmazonEKSEditPolicy";

    private final TestCluster cluster = TestCluster.withAccessEntries();
    private final EksClient eks = cluster.eks;

    @BeforeEach
    void create() {
        eks.createAccessEntry(request -> request.clusterName(cluster.name).principalArn(ADA));
    }

    @AfterEach
    void delete() {
        eks.deleteAccessEntry(request -> request.clusterName(cluster.name).principalArn(ADA));
    }

    @AfterAll
    void close() {
        cluster.close();
    }

    @Test
    void areReturnedByTheAssociation() {
        AssociateAccessPolicyResponse response = associate(VIEW, List.of("shop"));
        assertThat(response.clusterName()).isEqualTo(cluster.name);
        assertThat(response.principalArn()).isEqualTo(ADA);
        assertThat(describe(response.associatedAccessPolicy())).isEqualTo(VIEW + " namespace[shop]");
    }

    @Test
    void applyToTheClusterOrToNamespaces() {
        associate(VIEW, List.of());
        associate(EDIT, List.of("shop", "dev-*"));
        assertThat(associatedPolicies())
                .containsExactlyInAnyOrder(VIEW + " cluster[]", EDIT + " namespace[dev-*, shop]");
    }

    /** If the policy is already associated, a new association replaces its scope without an error. */
    @Test
    void haveTheScopeOfTheLastAssociation() {
        associate(VIEW, List.of());
        associate(VIEW, List.of("shop"));
        assertThat(associatedPolicies()).containsExactly(VIEW + " namespace[shop]");
    }

    @Test
    void cannotBeDisassociatedTwice() {
        associate(VIEW, List.of());
        associate(EDIT, List.of());
        disassociate(VIEW);
        assertThat(associatedPolicies()).containsExactly(EDIT + " cluster[]");
        assertThatThrownBy(() -> disassociate(VIEW)).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void areDeletedWithTheirEntry() {
        associate(VIEW, List.of());
        delete();
        create();
        assertThat(associatedPolicies()).isEmpty();
    }

    @Test
    void filterListedEntries() {
        associate(VIEW, List.of());
        assertThat(entriesWith(VIEW)).contains(ADA);
        assertThat(entriesWith(EDIT)).doesNotContain(ADA);
    }

    @Test
    void rejectIamPolicies() {
        assertThatThrownBy(() -> associate("arn:aws:iam::aws:policy/AdministratorAccess", List.of()))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void requireNamespacesForNamespaceScopeOnly() {
        assertThatThrownBy(() -> associate(VIEW, AccessScopeType.NAMESPACE, List.of()))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> associate(VIEW, AccessScopeType.CLUSTER, List.of("shop")))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void requireAnEntry() {
        assertThatThrownBy(() -> eks.associateAccessPolicy(request -> request.clusterName(cluster.name)
                        .principalArn(ConformanceTarget.principalArns().getLast())
                        .policyArn(VIEW)
                        .accessScope(scope -> scope.type(AccessScopeType.CLUSTER))))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    private AssociateAccessPolicyResponse associate(String policy, List<String> namespaces) {
        return associate(
                policy, namespaces.isEmpty() ? AccessScopeType.CLUSTER : AccessScopeType.NAMESPACE, namespaces);
    }

    private AssociateAccessPolicyResponse associate(String policy, AccessScopeType type, List<String> namespaces) {
        return eks.associateAccessPolicy(request -> request.clusterName(cluster.name)
                .principalArn(ADA)
                .policyArn(policy)
                .accessScope(scope -> scope.type(type).namespaces(namespaces)));
    }

    private void disassociate(String policy) {
        eks.disassociateAccessPolicy(
                request -> request.clusterName(cluster.name).principalArn(ADA).policyArn(policy));
    }

    private List<String> entriesWith(String policy) {
        return eks
                .listAccessEntriesPaginator(
                        request -> request.clusterName(cluster.name).associatedPolicyArn(policy))
                .accessEntries()
                .stream()
                .toList();
    }

    private List<String> associatedPolicies() {
        return eks
                .listAssociatedAccessPolicies(
                        request -> request.clusterName(cluster.name).principalArn(ADA))
                .associatedAccessPolicies()
                .stream()
                .map(AccessPoliciesTest::describe)
                .toList();
    }

    private static String describe(AssociatedAccessPolicy policy) {
        return policy.policyArn() + " " + policy.accessScope().typeAsString()
                + policy.accessScope().namespaces().stream().sorted().toList();
    }
}
