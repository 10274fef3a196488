package io.reverser.cdk.settings;

/**
 * Rules between values of the settings, which JSON Schema cannot express. The rules do not apply to values that the
 * schema rejects.
 */
final class CrossFieldRules {

    private CrossFieldRules() {}

    static void check(ConfigSection settings) {
        if (!settings.section("region").isRejected()) {
            checkRegion(settings, settings.text("region"));
        }
        checkOrder(settings.section("cluster").section("nodes"), "min", "max");
        checkOrder(settings.section("database"), "min_acu", "max_acu");
        RotationRules.check(settings.section("rotation"));
        new AccessRules(settings.section("access")).check();
    }

    private static void checkRegion(ConfigSection settings, String region) {
        settings.section("network").entries("zones").stream()
                .filter(zone -> !zone.node().asText().startsWith(region))
                .forEach(zone -> zone.reject("", "a zone of " + region));
        if (!settings.section("argocd").text("certificate").contains(":acm:" + region + ":")) {
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
