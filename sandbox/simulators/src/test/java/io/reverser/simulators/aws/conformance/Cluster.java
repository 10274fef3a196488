package io.reverser.simulators.aws.conformance;

import java.util.Optional;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.AuthenticationMode;

/** A cluster of a test: one that is there, or one that is made for it. */
final class Cluster implements AutoCloseable {

    final EksClient eks = Account.client(EksClient.builder());
    final String name;
    private final boolean made;

    private Cluster(Optional<String> present, AuthenticationMode mode) {
        this.name = present.orElseGet(Account::unique);
        this.made = present.isEmpty();
        if (made) {
            make(mode);
        }
    }

    static Cluster withEntries() {
        return new Cluster(Account.cluster(), AuthenticationMode.API);
    }

    /** Only the ConfigMap says who may do what. */
    static Cluster withoutEntries() {
        return new Cluster(Optional.empty(), AuthenticationMode.CONFIG_MAP);
    }

    /** Our simulators make clusters by no call: the platform makes none. */
    private void make(AuthenticationMode mode) {
        Account.SIMULATORS.ifPresentOrElse(
                ours -> ours.eks().cluster(name, mode.toString()),
                () -> eks.createCluster(request -> request.name(name)
                        .roleArn(Account.role())
                        .resourcesVpcConfig(vpc -> vpc.subnetIds("subnet-1", "subnet-2"))
                        .accessConfig(access -> access.authenticationMode(mode))));
    }

    @Override
    public void close() {
        if (made && Account.SIMULATORS.isEmpty()) {
            eks.deleteCluster(request -> request.name(name));
        }
        eks.close();
    }
}
