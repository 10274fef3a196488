package io.reverser.simulators.aws.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.AccessEntry;
import software.amazon.awssdk.services.eks.model.CreateAccessEntryRequest;
import software.amazon.awssdk.services.eks.model.EksException;
import software.amazon.awssdk.services.eks.model.InvalidParameterException;
import software.amazon.awssdk.services.eks.model.InvalidRequestException;
import software.amazon.awssdk.services.eks.model.ResourceInUseException;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;

/**
 * Rules for EKS access entries.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessEntry.html">CreateAccessEntry</a>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessEntriesTest {

    private static final String ADA = ConformanceTarget.principalArns().getFirst();

    private final TestCluster cluster = TestCluster.withAccessEntries();
    private final EksClient eks = cluster.eks;
    private final Set<String> created = new HashSet<>();

    @AfterEach
    void clear() {
        created.forEach(this::delete);
        created.clear();
    }

    @AfterAll
    void close() {
        cluster.close();
    }

    @Test
    void returnTheirAttributes() {
        create(
                ADA,
                entry -> entry.username("ada")
                        .kubernetesGroups("rotation", "readers")
                        .tags(Map.of("team", "shop")));
        assertThat(describe()).satisfies(entry -> {
            assertThat(entry.clusterName()).isEqualTo(cluster.name);
            assertThat(entry.principalArn()).isEqualTo(ADA);
            assertThat(entry.type()).isEqualTo("STANDARD");
            assertThat(entry.username()).isEqualTo("ada");
            assertThat(entry.kubernetesGroups()).containsExactlyInAnyOrder("rotation", "readers");
            assertThat(entry.tags()).containsEntry("team", "shop");
            assertThat(entry.createdAt()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        });
    }

    @Test
    void haveAnArnWithClusterAndPrincipal() {
        create(ADA, entry -> {});
        assertThat(describe().accessEntryArn())
                .matches("arn:aws[a-z-]*:eks:[a-z0-9-]+:\\d{12}:access-entry/%s/role/\\d{12}/%s/[0-9a-f-]+"
                        .formatted(cluster.name, lastPart(ADA)));
    }

    /** The user name contains the session name, which identifies the person in Kubernetes' audit log. */
    @Test
    void haveAUsernameWithTheSessionNameAndNoRolePath() {
        create(ADA, entry -> {});
        assertThat(describe().username())
                .matches("arn:aws[a-z-]*:sts::\\d{12}:assumed-role/%s/\\{\\{SessionName}}".formatted(lastPart(ADA)));
    }

    @Test
    void haveTheArnOfAUserAsUsername() {
        assumeFalse(ConformanceTarget.isRealAws(), "requires an IAM user");
        String user = "arn:aws:iam::111122223333:user/ada";
        create(user, entry -> {});
        assertThat(describe(user).username()).isEqualTo(user);
    }

    @Test
    void canBeUpdated() {
        create(ADA, entry -> entry.tags(Map.of("team", "shop")));
        eks.updateAccessEntry(request -> request.clusterName(cluster.name)
                .principalArn(ADA)
                .username("people:{{SessionName}}")
                .kubernetesGroups("readers"));
        assertThat(describe()).satisfies(entry -> {
            assertThat(entry.username()).isEqualTo("people:{{SessionName}}");
            assertThat(entry.kubernetesGroups()).containsExactly("readers");
            assertThat(entry.tags()).containsEntry("team", "shop");
        });
    }

    @Test
    void cannotBeDeletedTwice() {
        create(ADA, entry -> {});
        eks.deleteAccessEntry(request -> request.clusterName(cluster.name).principalArn(ADA));
        assertThatThrownBy(() -> eks.deleteAccessEntry(
                        request -> request.clusterName(cluster.name).principalArn(ADA)))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(this::describe).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void areUniquePerPrincipal() {
        create(ADA, entry -> {});
        assertThatThrownBy(() -> create(ADA, entry -> entry.username("somebody")))
                .isInstanceOf(ResourceInUseException.class)
                .extracting(failure -> ((EksException) failure).statusCode())
                .isEqualTo(409);
    }

    @Test
    void arePaginated() {
        ConformanceTarget.principalArns().forEach(principal -> create(principal, entry -> {}));
        assertThat(eks.listAccessEntries(
                                request -> request.clusterName(cluster.name).maxResults(2))
                        .accessEntries())
                .hasSize(2);
        assertThat(eks
                        .listAccessEntriesPaginator(
                                request -> request.clusterName(cluster.name).maxResults(2))
                        .accessEntries()
                        .stream())
                .containsAll(ConformanceTarget.principalArns())
                .doesNotHaveDuplicates();
    }

    @Test
    void canBeTaggedAndUntagged() {
        create(ADA, entry -> entry.tags(Map.of("a", "1", "b", "2", "c", "3")));
        String arn = describe().accessEntryArn();
        eks.tagResource(request -> request.resourceArn(arn).tags(Map.of("b", "4", "d", "5")));
        eks.untagResource(request -> request.resourceArn(arn).tagKeys("a", "c"));
        assertThat(eks.listTagsForResource(request -> request.resourceArn(arn)).tags())
                .isEqualTo(Map.of("b", "4", "d", "5"));
        assertThat(describe().tags()).isEqualTo(Map.of("b", "4", "d", "5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"why, and #1", "a(b)", "line\nbreak"})
    void rejectTagsWithInvalidCharacters(String value) {
        assertRejected(ADA, entry -> entry.tags(Map.of("reason", value)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada",
                "arn:aws:sts::111122223333:assumed-role/ada/session",
                "arn:aws:iam::111122223333:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS",
                "arn:aws:iam::1111:role/ada"
            })
    void rejectInvalidPrincipals(String principal) {
        assertRejected(principal, entry -> {});
    }

    @Test
    void rejectUnknownTypes() {
        assertRejected(ADA, entry -> entry.type("SPECIAL"));
    }

    @Test
    void rejectReservedKubernetesGroups() {
        assertRejected(ADA, entry -> entry.kubernetesGroups("system:masters"));
        assertThatThrownBy(this::describe).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void requireAnExistingCluster() {
        for (String none : List.of(ConformanceTarget.unique(), "none")) {
            assertThatThrownBy(() -> eks.createAccessEntry(
                            request -> request.clusterName(none).principalArn(ADA)))
                    .isInstanceOf(ResourceNotFoundException.class);
            assertThatThrownBy(() -> eks.describeCluster(request -> request.name(none)))
                    .isInstanceOf(ResourceNotFoundException.class);
        }
    }

    @Test
    void rejectClustersInConfigMapMode() {
        assumeFalse(ConformanceTarget.isRealAws(), "requires a second cluster");
        try (TestCluster old = TestCluster.withoutAccessEntries()) {
            assertThatThrownBy(() -> eks.createAccessEntry(
                            request -> request.clusterName(old.name).principalArn(ADA)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("authentication mode");
        }
    }

    @Test
    void requireAClusterInApiMode() {
        assertThat(eks.describeCluster(request -> request.name(cluster.name))
                        .cluster()
                        .accessConfig()
                        .authenticationModeAsString())
                .startsWith("API");
    }

    private void assertRejected(String principal, Consumer<CreateAccessEntryRequest.Builder> more) {
        assertThatThrownBy(() -> create(principal, more)).isInstanceOf(InvalidParameterException.class);
    }

    private void create(String principal, Consumer<CreateAccessEntryRequest.Builder> more) {
        created.add(principal);
        eks.createAccessEntry(
                request -> more.accept(request.clusterName(cluster.name).principalArn(principal)));
    }

    private AccessEntry describe() {
        return describe(ADA);
    }

    private AccessEntry describe(String principal) {
        return eks.describeAccessEntry(
                        request -> request.clusterName(cluster.name).principalArn(principal))
                .accessEntry();
    }

    /** Deletes an access entry. Tolerates that the entry does not exist, because EKS may have rejected its creation. */
    private void delete(String principal) {
        try {
            eks.deleteAccessEntry(request -> request.clusterName(cluster.name).principalArn(principal));
        } catch (EksException missing) {
            assertThat(missing.statusCode()).isBetween(400, 499);
        }
    }

    private static String lastPart(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
