package io.reverser.cdk.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.cdk.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an environment costs in a month, by part.
 *
 * @param resources how many of each type are in the templates
 * @param prices as in {@code config/prices.yaml}
 */
record Costs(Settings settings, Map<String, Long> resources, JsonNode prices) {

    private static final int HOURS = 730;
    /** Argo CD's and the reverser's; their controller makes them, so no template has them. */
    private static final int LOAD_BALANCERS = 2;

    /**
     * A line of the estimate, in US dollars a month.
     *
     * @param least when nothing happens
     * @param most when everything has grown as far as the settings let it
     */
    record Part(String name, double least, double most) {

        static Part fixed(String name, double dollars) {
            return new Part(name, dollars, dollars);
        }
    }

    List<Part> parts() {
        var parts = new ArrayList<Part>();
        parts.add(Part.fixed("EKS control plane", hourly("eks_cluster") * count("AWS::EKS::Cluster")));
        parts.add(nodes());
        parts.add(Part.fixed(
                "NAT gateways", (hourly("nat_gateway") + hourly("public_ip")) * count("AWS::EC2::NatGateway")));
        parts.add(Part.fixed(
                "load balancers",
                (hourly("load_balancer")
                                + hourly("public_ip")
                                        * settings.network().zones().size())
                        * LOAD_BALANCERS));
        double capacity = hourly("aurora_acu") * count("AWS::RDS::DBInstance");
        parts.add(new Part(
                "Aurora",
                capacity * settings.database().fewestAcu(),
                capacity * settings.database().mostAcu()));
        parts.add(Part.fixed(
                "alarms and dashboard",
                monthly("alarm") * count("AWS::CloudWatch::Alarm")
                        + monthly("dashboard") * count("AWS::CloudWatch::Dashboard")));
        parts.add(Part.fixed(
                "keys and secrets",
                monthly("kms_key") * count("AWS::KMS::Key")
                        + monthly("secret") * count("AWS::SecretsManager::Secret")));
        return parts;
    }

    static Part total(List<Part> parts) {
        return new Part(
                "together",
                parts.stream().mapToDouble(Part::least).sum(),
                parts.stream().mapToDouble(Part::most).sum());
    }

    private Part nodes() {
        var nodes = settings.cluster().nodes();
        JsonNode price = prices.path("hourly").path("nodes").path(nodes.type());
        if (!price.isNumber()) {
            throw new IllegalStateException(
                    "config/prices.yaml has no price for " + nodes.type() + "; add it to hourly.nodes");
        }
        double each = price.asDouble() * HOURS + monthly("gp3_gib") * nodes.diskGib();
        return new Part(
                "%d to %d %s".formatted(nodes.fewest(), nodes.most(), nodes.type()),
                each * nodes.fewest(),
                each * nodes.most());
    }

    private double hourly(String name) {
        return prices.path("hourly").required(name).asDouble() * HOURS;
    }

    private double monthly(String name) {
        return prices.path("monthly").required(name).asDouble();
    }

    private long count(String type) {
        return resources.getOrDefault(type, 0L);
    }
}
