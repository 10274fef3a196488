package io.reverser.cdk.settings;

import java.util.List;

/** The section {@code network}; {@code settings.schema.json} describes each key. */
public record NetworkSettings(String cidr, List<String> zones, int natGateways) {

    public NetworkSettings {
        zones = List.copyOf(zones);
    }
}
