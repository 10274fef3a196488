package io.reverser.cdk.settings;

import java.util.List;

/** The section {@code cluster}; {@code settings.schema.json} describes each key. */
public record ClusterSettings(
        String name, String version, List<String> allowedCidrs, NodeGroup nodes, List<StandingAccess> standingAccess) {

    public ClusterSettings {
        allowedCidrs = List.copyOf(allowedCidrs);
        standingAccess = List.copyOf(standingAccess);
    }

    public record NodeGroup(String type, int min, int max, int diskGib) {

        /** If {@code max} is omitted, which Jackson binds as 0, it is the same as {@code min}. */
        public NodeGroup {
            max = max == 0 ? min : max;
        }
    }

    public record StandingAccess(String principal, String policy, List<String> namespaces) {

        public StandingAccess {
            namespaces = List.copyOf(namespaces);
        }
    }
}
