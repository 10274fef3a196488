package io.reverser.cdk.settings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverser.access.policy.InvalidPolicyException;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.PolicyReader;
import io.reverser.alarms.routes.Routes;
import io.reverser.configreader.ConfigSection;
import io.reverser.configreader.NotUtf8Exception;
import io.reverser.configreader.Utf8File;
import io.reverser.rotation.plan.RotationPlan;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads {@code cdk/config/<environment>.yaml} and tells everything that is wrong with it at once. */
public final class SettingsFile {

    /** A duplicate key is an error, because only one of its values can be meant. */
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
     * @throws InvalidSettingsException with everything that is wrong
     */
    public static Settings read(Path folder, String environment) {
        Path file = folder.resolve(environment + ".yaml");
        var problems = new ArrayList<String>();
        try {
            JsonNode content = YAML.readTree(Utf8File.read(file));
            Settings settings =
                    new SettingsFile(environment, problems).parseSettings(new ConfigSection("", content, problems));
            if (problems.isEmpty()) {
                return settings;
            }
        } catch (JacksonException malformed) {
            problems.add(malformed.getOriginalMessage());
        } catch (InvalidPolicyException invalidPolicy) {
            problems.addAll(invalidPolicy.problems());
        } catch (NotUtf8Exception otherEncoding) {
            problems.add(otherEncoding.getMessage());
        } catch (NoSuchFileException missing) {
            problems.add("cannot be read; there is no environment " + environment);
        } catch (IOException unreadable) {
            problems.add("cannot be read (" + unreadable + ")");
        }
        throw invalidSettings(environment, problems);
    }

    /** Each mistake names the file, as those of the policy do already. */
    private static InvalidSettingsException invalidSettings(String environment, List<String> problems) {
        String file = environment + ".yaml: ";
        return new InvalidSettingsException(problems.stream()
                .map(problem -> problem.startsWith(file) ? problem : file + problem)
                .toList());
    }

    private Settings parseSettings(ConfigSection file) {
        file.allowOnly(
                "account",
                "region",
                "deletion_protection",
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
                file.flag("deletion_protection"),
                NetworkSettings.read(file.section("network"), region),
                ClusterSettings.read(file.section("cluster")),
                DatabaseSettings.read(file.section("database")),
                DeliverySettings.read(file.section("delivery")),
                ArgoCdSettings.read(file.section("argocd"), region),
                OperationsSettings.read(file.section("operations")),
                Routes.read(file.section("alarms")),
                file.section("alarms").node(),
                parseRotationPlan(file.section("rotation")),
                file.section("rotation").node(),
                parseAccessPolicy(file),
                file.node().path("access"));
    }

    /** The secret begins with the account that the database begins with. */
    private static RotationPlan parseRotationPlan(ConfigSection rotation) {
        RotationPlan plan = RotationPlan.read(rotation);
        if (!plan.users().isEmpty() && !plan.users().contains(DatabaseSettings.APPLICATION_USER)) {
            rotation.reject(
                    "users", DatabaseSettings.APPLICATION_USER + " and another, because the secret begins with it");
        }
        return plan;
    }

    /** Its mistakes are told together with the others. */
    private Policy parseAccessPolicy(ConfigSection file) {
        try {
            return PolicyReader.read(file.node().path("access"), environment + ".yaml");
        } catch (InvalidPolicyException invalidPolicy) {
            problems.addAll(0, invalidPolicy.problems());
            throw invalidSettings(environment, problems);
        }
    }
}
