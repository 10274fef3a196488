package io.reverser.cdk.settings;

import io.reverser.configreader.ConfigSection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The section {@code network}.
 *
 * @param cidr of the VPC, from /16 to /20
 * @param zones three availability zones
 * @param natGateways from 1, which is cheap, to one for each zone, which survives the loss of a zone
 */
public record NetworkSettings(String cidr, List<String> zones, int natGateways) {

    private static final Pattern CIDR = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}/(1[6-9]|20)");
    private static final int ZONES = 3;

    /** Keeps its own list. */
    public NetworkSettings {
        zones = List.copyOf(zones);
    }

    static NetworkSettings read(ConfigSection network, String region) {
        network.allowOnly("cidr", "zones", "nat_gateways");
        List<String> zones = network.list(
                "zones",
                zone -> Optional.of(zone).filter(name -> name.matches(region + "[a-f]")),
                "a zone of " + region);
        if (zones.size() != ZONES || zones.stream().distinct().count() != ZONES) {
            network.reject("zones", "three different zones");
        }
        int gateways = network.number("nat_gateways", 1);
        if (gateways > ZONES) {
            network.reject("nat_gateways", "from 1 to 3");
        }
        return new NetworkSettings(
                network.text("cidr", CIDR, "an IPv4 range from /16 to /20, like 10.0.0.0/16"), zones, gateways);
    }
}
