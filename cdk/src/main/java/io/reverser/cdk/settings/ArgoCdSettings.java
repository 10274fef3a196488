package io.reverser.cdk.settings;

import java.util.List;

/** The section {@code argocd}; {@code settings.schema.json} describes each key. */
public record ArgoCdSettings(String host, String certificate, List<String> allowedCidrs, String slackChannel) {

    public ArgoCdSettings {
        allowedCidrs = List.copyOf(allowedCidrs);
    }
}
