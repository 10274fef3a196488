package io.reverser.cdk.network;

import io.reverser.cdk.logs.LogGroups;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.ec2.FlowLogDestination;
import software.amazon.awscdk.services.ec2.FlowLogOptions;
import software.amazon.awscdk.services.ec2.IpAddresses;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The VPC: public subnets for load balancers, with IPv4 and IPv6; private subnets for pods and isolated ones for the
 * database, with IPv4 only.
 */
public final class NetworkStack extends Stack {

    private final Vpc vpc;

    /** Creates the VPC in three availability zones, with as many NAT gateways as the settings say. */
    public NetworkStack(Construct scope, String id, StackProps properties, Settings settings) {
        super(scope, id, properties);
        LogGroup flowLogGroup = LogGroups.create(this, "FlowLog", settings);
        vpc = Vpc.Builder.create(this, "Vpc")
                .ipAddresses(IpAddresses.cidr(settings.network().cidr()))
                .availabilityZones(settings.network().zones())
                .natGateways(settings.network().natGateways())
                .subnetConfiguration(List.of(
                        subnets("public", SubnetType.PUBLIC, 24),
                        subnets("private", SubnetType.PRIVATE_WITH_EGRESS, 20),
                        subnets("isolated", SubnetType.PRIVATE_ISOLATED, 26)))
                .build();
        new PublicIpv6(this, vpc);
        vpc.addFlowLog(
                "Flow",
                FlowLogOptions.builder()
                        .destination(FlowLogDestination.toCloudWatchLogs(flowLogGroup))
                        .build());
        new AccessLogBucket(this, settings);
        // The settings name the availability zones, so that subnets do not move if AWS lists the zones in another
        // order.
        Validations.of(this)
                .acknowledge(Acknowledgment.builder()
                        .id("CloudFormation-Validate::W3010")
                        .reason("the settings name the zones")
                        .build());
        // The load balancer controller finds the subnets for its load balancers by these tags.
        vpc.getPublicSubnets().forEach(subnet -> Tags.of(subnet).add("kubernetes.io/role/elb", "1"));
        vpc.getPrivateSubnets().forEach(subnet -> Tags.of(subnet).add("kubernetes.io/role/internal-elb", "1"));
    }

    /** The VPC. */
    public Vpc vpc() {
        return vpc;
    }

    private static SubnetConfiguration subnets(String name, SubnetType type, int mask) {
        return SubnetConfiguration.builder()
                .name(name)
                .subnetType(type)
                .cidrMask(mask)
                .build();
    }
}
