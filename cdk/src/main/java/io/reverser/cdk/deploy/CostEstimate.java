package io.reverser.cdk.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.cdk.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The estimated monthly costs of an environment, by part.
 *
 * @param resources the number of resources of each type in the templates
 * @param prices the content of {@code config/prices.yaml}
 */
public record CostEstimate(Settings settings, Map<String, Long> resources, JsonNode prices) {

    private static final int HOURS_PER_MONTH = 730;
    /**
     * The load balancers of Argo CD and the reverser. The load balancer controller creates them, so no template
     * contains them.
     */
    private static final int LOAD_BALANCERS = 2;

    /**
     * A line of the estimate, in US dollars a month.
     *
     * @param min the costs without load
     * @param max the costs with everything scaled to the maximum in the settings
     */
    record LineItem(String name, double min, double max) {

        static LineItem fixed(String name, double dollars) {
            return new LineItem(name, dollars, dollars);
        }
    }

    public List<LineItem> lineItems() {
        var items = new ArrayList<LineItem>();
        items.add(LineItem.fixed("EKS control plane", hourly("eks_cluster") * count("AWS::EKS::Cluster")));
        items.add(nodeCosts());
        items.add(LineItem.fixed(
                "NAT gateways", (hourly("nat_gateway") + hourly("public_ip")) * count("AWS::EC2::NatGateway")));
        items.add(LineItem.fixed(
                "load balancers",
                (hourly("load_balancer")
                                + hourly("public_ip")
                                        * settings.network().zones().size())
                        * LOAD_BALANCERS));
        double capacity = hourly("aurora_acu") * count("AWS::RDS::DBInstance");
        items.add(new LineItem(
                "Aurora",
                capacity * settings.database().minAcu(),
                capacity * settings.database().maxAcu()));
        items.add(LineItem.fixed(
                "alarms and dashboard",
                monthly("alarm") * count("AWS::CloudWatch::Alarm")
                        + monthly("dashboard") * count("AWS::CloudWatch::Dashboard")));
        items.add(LineItem.fixed(
                "KMS keys and secrets",
                monthly("kms_key") * count("AWS::KMS::Key")
                        + monthly("secret") * count("AWS::SecretsManager::Secret")));
        return items;
    }

    static LineItem total(List<LineItem> items) {
        return new LineItem(
                "total",
                items.stream().mapToDouble(LineItem::min).sum(),
                items.stream().mapToDouble(LineItem::max).sum());
    }

    private LineItem nodeCosts() {
        var nodes = settings.cluster().nodes();
        JsonNode price = prices.path("hourly").path("nodes").path(nodes.type());
        if (!price.isNumber()) {
            throw new IllegalStateException(
                    "config/prices.yaml has no price for " + nodes.type() + "; add it to hourly.nodes");
        }
        double perNode = price.asDouble() * HOURS_PER_MONTH + monthly("gp3_gib") * nodes.diskGib();
        return new LineItem(
                "%d to %d %s".formatted(nodes.min(), nodes.max(), nodes.type()),
                perNode * nodes.min(),
                perNode * nodes.max());
    }

    private double hourly(String name) {
        return prices.path("hourly").required(name).asDouble() * HOURS_PER_MONTH;
    }

    private double monthly(String name) {
        return prices.path("monthly").required(name).asDouble();
    }

    private long count(String type) {
        return resources.getOrDefault(type, 0L);
    }
}
