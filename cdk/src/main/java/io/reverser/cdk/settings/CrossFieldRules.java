package io.reverser.cdk.settings;

import java.util.HashSet;
import java.util.List;

/**
 * Rules between values of the settings, which JSON Schema cannot express. The rules do not apply to values that the
 * schema rejects.
 */
final class CrossFieldRules {

    private CrossFieldRules() {}

    /** Checks the settings of an environment with this name. */
    static void check(String environment, ConfigSection settings) {
        NameRules.check(environment, settings);
        AddressRules.check(settings);
        checkCertificate(settings);
        checkStandingAccess(settings.section("cluster").entries("standing_access"));
        if (!settings.section("region").isRejected()) {
            checkRegion(settings, settings.text("region"));
        }
        checkOrder(settings.section("cluster").section("nodes"), "min", "max");
        checkOrder(settings.section("database"), "min_acu", "max_acu");
        RotationRules.check(settings.section("rotation"));
        new AccessRules(settings.section("access")).check();
    }

    /** A load balancer can use only certificates of its own account. */
    private static void checkCertificate(ConfigSection settings) {
        String account = settings.text("account");
        if (!settings.section("account").isRejected()
                && !settings.section("argocd").text("certificate").contains(":" + account + ":certificate/")) {
            settings.section("argocd").reject("certificate", "the ARN of a certificate in the account " + account);
        }
    }

    /**
     * EKS has one access entry for each principal. In CDK, the entry has the ID of the principal with hyphens instead of
     * slashes.
     */
    private static void checkStandingAccess(List<ConfigSection> entries) {
        var ids = new HashSet<String>();
        for (ConfigSection entry : entries) {
            if (!ids.add(entry.text("principal").replaceFirst(".*:", "").replace('/', '-'))) {
                entry.reject("principal", "a principal that no other entry has, also with hyphens for slashes");
            }
        }
    }

    private static void checkRegion(ConfigSection settings, String region) {
        settings.section("network").entries("zones").stream()
                .filter(zone -> !zone.node().asText().startsWith(region))
                .forEach(zone -> zone.reject("", "a zone of " + region));
        if (!settings.section("account").isRejected()
                && !settings.section("argocd").text("certificate").contains(":acm:" + region + ":")) {
            settings.section("argocd").reject("certificate", "the ARN of a certificate in " + region);
        }
    }

    private static void checkOrder(ConfigSection section, String min, String max) {
        if (section.node().has(max)
                && section.node().path(max).asDouble()
                        < section.node().path(min).asDouble()) {
            section.reject(max, "at least " + min + ", " + section.text(min));
        }
    }
}
