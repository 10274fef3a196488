package io.reverser.cdk.settings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverser.access.policy.InvalidPolicy;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.PolicyReader;
import io.reverser.alarms.routes.Routes;
import io.reverser.rotation.plan.RotationPlan;
import io.reverser.settings.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads {@code cdk/config/<environment>.yaml} and tells everything that is wrong with it at once. */
public final class SettingsFile {

    /** Whoever writes a key twice means one of them, and nobody knows which. */
    private static final ObjectMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");

    private final String environment;
    private final List<String> problems;

    private SettingsFile(String environment, List<String> problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /**
     * Reads an environment.
     *
     * @param folder with a file for each environment
     * @throws InvalidSettings with everything that is wrong
     */
    public static Settings read(Path folder, String environment) {
        Path file = folder.resolve(environment + ".yaml");
        var problems = new ArrayList<String>();
        try {
            JsonNode content = YAML.readTree(Files.readString(file));
            Settings settings = new SettingsFile(environment, problems).settings(new Section("", content, problems));
            if (problems.isEmpty()) {
                return settings;
            }
        } catch (JacksonException garbled) {
            problems.add(garbled.getOriginalMessage());
        } catch (InvalidPolicy wrongAccess) {
            problems.addAll(wrongAccess.problems());
        } catch (IOException missing) {
            problems.add("cannot be read; there is no environment " + environment);
        }
        throw refusal(environment, problems);
    }

    /** Each mistake names the file, as those of the policy do already. */
    private static InvalidSettings refusal(String environment, List<String> problems) {
        String file = environment + ".yaml: ";
        return new InvalidSettings(problems.stream()
                .map(problem -> problem.startsWith(file) ? problem : file + problem)
                .toList());
    }

    private Settings settings(Section file) {
        file.knows(
                "account",
                "region",
                "network",
                "cluster",
                "database",
                "delivery",
                "argocd",
                "operations",
                "alarms",
                "rotation",
                "access");
        String region = file.text("region", REGION, "a region like eu-central-1");
        return new Settings(
                environment,
                file.text("account", ACCOUNT, "an account of 12 digits, in quotation marks"),
                region,
                NetworkSettings.read(file.section("network"), region),
                ClusterSettings.read(file.section("cluster")),
                DatabaseSettings.read(file.section("database")),
                DeliverySettings.read(file.section("delivery")),
                ArgoCdSettings.read(file.section("argocd"), region),
                OperationsSettings.read(file.section("operations")),
                Routes.read(file.section("alarms")),
                file.section("alarms").node(),
                rotation(file.section("rotation")),
                file.section("rotation").node(),
                access(file),
                file.node().path("access"));
    }

    /** The secret begins with the account that the database begins with. */
    private static RotationPlan rotation(Section rotation) {
        RotationPlan plan = RotationPlan.read(rotation);
        if (!plan.users().isEmpty() && !plan.users().contains(DatabaseSettings.USER)) {
            rotation.problem("users", DatabaseSettings.USER + " and another, because the secret begins with it");
        }
        return plan;
    }

    /** Its mistakes are told together with the others. */
    private Policy access(Section file) {
        try {
            return PolicyReader.read(file.node().path("access"), environment + ".yaml");
        } catch (InvalidPolicy wrong) {
            problems.addAll(0, wrong.problems());
            throw refusal(environment, problems);
        }
    }
}
