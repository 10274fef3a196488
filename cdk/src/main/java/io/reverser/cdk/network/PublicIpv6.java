package io.reverser.cdk.network;

import java.util.List;
import java.util.Objects;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.ec2.CfnRoute;
import software.amazon.awscdk.services.ec2.CfnSubnet;
import software.amazon.awscdk.services.ec2.CfnVPCCidrBlock;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.Vpc;
import software.constructs.Construct;

/**
 * IPv6 addresses from Amazon for the public subnets, so that load balancers can accept connections over IPv6. Nodes and
 * pods have only IPv4 addresses.
 */
final class PublicIpv6 extends Construct {

    /** The number of address bits after the prefix: each subnet gets a /64 of the VPC's /56. */
    private static final String SUBNET_BITS = "64";

    PublicIpv6(Construct scope, Vpc vpc) {
        super(scope, "PublicIpv6");
        var vpcRange = CfnVPCCidrBlock.Builder.create(this, "Range")
                .vpcId(vpc.getVpcId())
                .amazonProvidedIpv6CidrBlock(true)
                .build();
        // CDK's own dual-stack VPC would give IPv6 addresses to the nodes and to the database's subnets as well.
        List<ISubnet> subnets = vpc.getPublicSubnets();
        List<String> ranges = Fn.cidr(Fn.select(0, vpc.getVpcIpv6CidrBlocks()), subnets.size(), SUBNET_BITS);
        for (int i = 0; i < subnets.size(); i++) {
            var subnet =
                    (CfnSubnet) Objects.requireNonNull(subnets.get(i).getNode().getDefaultChild());
            subnet.setIpv6CidrBlock(Fn.select(i, ranges));
            subnet.getNode().addDependency(vpcRange);
            CfnRoute.Builder.create(this, "Route" + (i + 1))
                    .routeTableId(subnets.get(i).getRouteTable().getRouteTableId())
                    .destinationIpv6CidrBlock("::/0")
                    .gatewayId(vpc.getInternetGatewayId())
                    .build()
                    .getNode()
                    // The gateway has to be attached to the VPC first.
                    .addDependency(vpc.getNode().findChild("VPCGW"));
        }
    }
}
