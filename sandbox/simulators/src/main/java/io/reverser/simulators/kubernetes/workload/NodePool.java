package io.reverser.simulators.kubernetes.workload;

/**
 * The nodes of a cluster, one in each of three zones. Pods are placed on the nodes in turn, as the Deployment's
 * topology spread constraints require.
 */
public final class NodePool {

    static final String REGION = "eu-central-1";

    private static final int ZONES = 3;
    private static final int PODS_PER_ADDRESS_BLOCK = 200;
    private static final int ADDRESS_BLOCKS = 16;

    private int placed;

    public NodePool() {}

    /**
     * The node of a pod, the node's zone and address, and the pod's address in the zone's subnet. Nothing listens on
     * these addresses.
     */
    record Placement(String node, String zone, String hostIp, String podIp) {}

    /** Chooses the node and the address of a new pod. */
    Placement place() {
        int zone = placed % ZONES;
        int inZone = placed++ / ZONES;
        int subnet = 64 + zone * ADDRESS_BLOCKS;
        return new Placement(
                "ip-10-0-%d-10.%s.compute.internal".formatted(subnet, REGION),
                REGION + (char) ('a' + zone),
                "10.0.%d.10".formatted(subnet),
                "10.0.%d.%d"
                        .formatted(
                                subnet + inZone / PODS_PER_ADDRESS_BLOCK % ADDRESS_BLOCKS,
                                20 + inZone % PODS_PER_ADDRESS_BLOCK));
    }
}
