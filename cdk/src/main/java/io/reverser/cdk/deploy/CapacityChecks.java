package io.reverser.cdk.deploy;

import io.reverser.cdk.settings.ClusterSettings;
import io.reverser.cdk.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Whether the region has what the settings ask for, and the account's quotas leave room for it. */
record CapacityChecks(AwsAccount account, DeployedStacks stacks, Settings settings) {

    /** Running on-demand standard instances, in vCPUs. */
    private static final String VCPU_QUOTA = "L-1216C47A";

    private static final String VPC_QUOTA = "L-F678F1CE";
    private static final String EKS_CLUSTER_QUOTA = "L-1194D53C";

    /** The instance families that count towards {@link #VCPU_QUOTA}. */
    private static final Pattern STANDARD = Pattern.compile("(a|c|d|h|i|im|is|m|r|t|z)\\d.*");

    private static final String CLUSTER_TAG = "eks:cluster-name";

    /** EKS does not create a control plane in these zones: "Subnet requirements for clusters" in the EKS user guide. */
    private static final Set<String> ZONES_WITHOUT_EKS = Set.of("use1-az3", "usw1-az2", "cac1-az3");

    List<String> checkZones() {
        Map<String, String> zones = account.listZones();
        List<String> unusable = settings.network().zones().stream()
                .filter(zone -> !zones.containsKey(zone) || ZONES_WITHOUT_EKS.contains(zones.get(zone)))
                .toList();
        var usable = new TreeSet<String>(zones.keySet());
        usable.removeIf(zone -> ZONES_WITHOUT_EKS.contains(zones.get(zone)));
        return unusable.isEmpty() ? List.of() : List.of(DeployMessages.unusableZones(unusable, usable));
    }

    List<String> checkInstanceType() {
        String type = settings.cluster().nodes().type();
        Set<String> offering = account.listZonesOffering(type);
        if (offering.isEmpty()) {
            return List.of(DeployMessages.unknownInstanceType(type, settings.region()));
        }
        List<String> without = settings.network().zones().stream()
                .filter(zone -> !offering.contains(zone))
                .toList();
        return without.isEmpty() ? List.of() : List.of(DeployMessages.instanceTypeMissingInZones(type, without));
    }

    /** Each NAT gateway needs an Elastic IP address. If the network stack exists, it already has its addresses. */
    List<String> checkElasticIps() {
        if (!stacks.isMissing(settings, "network")) {
            return List.of();
        }
        AwsAccount.ElasticIps addresses = account.countElasticIps();
        int free = addresses.quota() - addresses.inUse();
        int required = settings.network().natGateways();
        return free < required ? List.of(DeployMessages.notEnoughElasticIps(addresses, required)) : List.of();
    }

    List<String> checkVpcs() {
        return stacks.isMissing(settings, "network")
                ? checkOneMore("VPCs per Region", account.countVpcs(), account.fetchQuota("vpc", VPC_QUOTA))
                : List.of();
    }

    List<String> checkEksClusters() {
        return stacks.isMissing(settings, "cluster")
                ? checkOneMore("EKS clusters", account.countEksClusters(), account.fetchQuota("eks", EKS_CLUSTER_QUOTA))
                : List.of();
    }

    private static List<String> checkOneMore(String what, int inUse, int quota) {
        return inUse < quota ? List.of() : List.of(DeployMessages.quotaReached(what, inUse, quota));
    }

    /** Compares the free vCPUs with those of all nodes that the autoscaler may start. */
    List<String> checkVcpus() {
        ClusterSettings.NodeGroup nodes = settings.cluster().nodes();
        if (!STANDARD.matcher(nodes.type()).matches()) {
            return List.of();
        }
        var problems = new ArrayList<String>();
        account.fetchVcpus(nodes.type()).map(cpus -> cpus * nodes.max()).ifPresent(required -> {
            int quota = account.fetchQuota("ec2", VCPU_QUOTA);
            int inUse = countVcpusOfOthers();
            if (required > quota - inUse) {
                problems.add(DeployMessages.notEnoughVcpus(nodes, required, quota, inUse));
            }
        });
        return problems;
    }

    /** The vCPUs of running standard instances that are not nodes of this cluster. */
    private int countVcpusOfOthers() {
        return account.listOnDemandInstances().stream()
                .filter(instance ->
                        STANDARD.matcher(instance.instanceTypeAsString()).matches())
                .filter(instance -> instance.tags().stream()
                        .noneMatch(tag -> tag.key().equals(CLUSTER_TAG)
                                && tag.value().equals(settings.cluster().name())))
                .map(Instance::cpuOptions)
                .filter(Objects::nonNull)
                .collect(Collectors.summingInt(cpu -> cpu.coreCount() * cpu.threadsPerCore()));
    }
}
