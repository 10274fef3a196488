package io.reverser.simulators.aws.conformance;

import java.util.Optional;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.AuthenticationMode;

/** The EKS cluster that a test uses. It exists already, or the test creates and deletes it. */
final class TestCluster implements AutoCloseable {

    final EksClient eks = ConformanceTarget.client(EksClient.builder());
    final String name;
    private final boolean created;

    private TestCluster(Optional<String> present, AuthenticationMode mode) {
        this.name = present.orElseGet(ConformanceTarget::unique);
        this.created = present.isEmpty();
        if (created) {
            create(mode);
        }
    }

    static TestCluster withAccessEntries() {
        return new TestCluster(ConformanceTarget.existingCluster(), AuthenticationMode.API);
    }

    /** Creates a cluster without access entries: only its aws-auth ConfigMap grants access. */
    static TestCluster withoutAccessEntries() {
        return new TestCluster(Optional.empty(), AuthenticationMode.CONFIG_MAP);
    }

    /**
     * Creates the cluster. In our simulators, the cluster is created without the API: the simulators have no
     * CreateCluster, because the platform does not call it.
     */
    private void create(AuthenticationMode mode) {
        ConformanceTarget.SIMULATORS.ifPresentOrElse(
                ours -> ours.eks().createCluster(name, mode.toString()),
                () -> eks.createCluster(request -> request.name(name)
                        .roleArn(ConformanceTarget.roleArn())
                        .resourcesVpcConfig(vpc -> vpc.subnetIds("subnet-1", "subnet-2"))
                        .accessConfig(access -> access.authenticationMode(mode))));
    }

    @Override
    public void close() {
        if (created && ConformanceTarget.SIMULATORS.isEmpty()) {
            eks.deleteCluster(request -> request.name(name));
        }
        eks.close();
    }
}
