package io.reverser.simulators.aws.eks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import io.reverser.simulators.aws.endpoint.SdkClients;
import io.reverser.simulators.fault.FaultInjector;
import java.net.URI;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.EksException;
import software.amazon.awssdk.services.eks.model.ResourceLimitExceededException;

/**
 * Tests clusters with many access entries, and injected faults. The package {@code conformance} tests the rules that
 * are visible through the EKS API.
 */
class EksTest {

    private static final String ADA = "arn:aws:iam::111122223333:role/team/ada";
    private static final String VIEW = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";

    private final AwsEndpoint aws = AwsEndpoint.start();
    private final EksClient eks = SdkClients.client(EksClient.builder(), aws);

    @BeforeEach
    void cluster() {
        aws.eks().createCluster("prod", "API");
    }

    @AfterEach
    void close() {
        eks.close();
        aws.close();
    }

    /**
     * The soak test in the module {@code bench} uses the deleted access entries to check how long each access lasted.
     */
    @Test
    void remembersDeletedEntries() {
        aws.eks().createEntry("prod", ADA, Map.of());
        eks.deleteAccessEntry(request -> request.clusterName("prod").principalArn(ADA));
        assertThat(aws.eks().deletedEntries()).singleElement().satisfies(gone -> {
            assertThat(gone.entry().principalArn()).isEqualTo(ADA);
            assertThat(gone.deletedAt()).isAfterOrEqualTo(gone.entry().created());
        });
    }

    @Test
    void paginatesEntriesAndFiltersByPolicy() {
        IntStream.range(0, 250)
                .forEach(i ->
                        aws.eks().createEntry("prod", "arn:aws:iam::111122223333:role/r%03d".formatted(i), Map.of()));
        aws.eks().associatePolicy("prod", "arn:aws:iam::111122223333:role/r007", VIEW);
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
    void limitsEntriesToThreeThousand() {
        IntStream.range(0, 3000)
                .forEach(i -> aws.eks().createEntry("prod", "arn:aws:iam::111122223333:role/r" + i, Map.of()));
        assertThatThrownBy(() -> create()).isInstanceOf(ResourceLimitExceededException.class);
    }

    @Test
    void returnsTheKubernetesEndpoint() {
        assertThat(eks.describeCluster(request -> request.name("prod"))
                        .cluster()
                        .endpoint())
                .isNull();
        aws.eks().setEndpoint("prod", URI.create("https://127.0.0.1:6443"), "-----BEGIN");
        assertThat(eks.describeCluster(request -> request.name("prod")).cluster())
                .satisfies(cluster -> {
                    assertThat(cluster.endpoint()).isEqualTo("https://127.0.0.1:6443");
                    assertThat(cluster.certificateAuthority().data()).isEqualTo("LS0tLS1CRUdJTg==");
                });
    }

    @Test
    void failsWithInjectedFaults() {
        aws.faults().injectNext("EKS.CreateAccessEntry", FaultInjector.Fault.ERROR_AFTER_EFFECT, 1);
        assertThatThrownBy(() -> create())
                .extracting(failure -> ((EksException) failure).statusCode())
                .isEqualTo(500);
        assertThat(aws.eks().findEntry("prod", ADA)).isPresent();
        aws.faults().injectNext("EKS.DeleteAccessEntry", FaultInjector.Fault.THROTTLE, 1);
        assertThatThrownBy(() -> eks.deleteAccessEntry(
                        request -> request.clusterName("prod").principalArn(ADA)))
                .extracting(failure -> ((EksException) failure).isThrottlingException())
                .isEqualTo(true);
        assertThat(aws.eks().findEntry("prod", ADA)).isPresent();
    }

    private void create() {
        eks.createAccessEntry(request -> request.clusterName("prod").principalArn(ADA));
    }
}
