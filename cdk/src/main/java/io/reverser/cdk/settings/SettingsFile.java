package io.reverser.cdk.settings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverser.access.policy.AccessPolicy;
import io.reverser.access.policy.InvalidPolicy;
import io.reverser.access.policy.Namespaces;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.PolicyReader;
import io.reverser.access.policy.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code cdk/config/<environment>.yaml} and tells everything that is wrong with it at once. */
public final class SettingsFile {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{1,30}");
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");
    private static final Pattern CIDR = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}/(1[6-9]|20)");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}/([0-9]|[12]\\d|3[0-2])");
    private static final Pattern VERSION = Pattern.compile("1\\.3[4-6]");
    private static final Pattern INSTANCE = Pattern.compile("[a-z][a-z0-9]+\\.(large|[248]?xlarge|1[26]xlarge)");
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:(role|user)/[\\w+=,.@/-]+");
    private static final Pattern REPOSITORY = Pattern.compile("[\\w.-]+/[\\w.-]+");
    private static final Pattern BRANCH = Pattern.compile("[\\w./-]+");
    private static final Pattern SECRET = Pattern.compile("[\\w/+=.@-]{1,512}");
    private static final int ZONES = 3;

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
            JsonNode content = new YAMLMapper().readTree(Files.readString(file));
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
        file.knows("account", "region", "network", "cluster", "database", "delivery", "operations", "access");
        String region = file.text("region", REGION, "a region like eu-central-1");
        var settings = new Parts(
                file.text("account", ACCOUNT, "an account of 12 digits, in quotation marks"),
                network(file.section("network"), region),
                cluster(file.section("cluster")),
                database(file.section("database")),
                delivery(file.section("delivery")),
                operations(file.section("operations")));
        Policy access = access(file);
        return new Settings(
                environment,
                settings.account(),
                region,
                settings.network(),
                settings.cluster(),
                settings.database(),
                settings.delivery(),
                settings.operations(),
                access,
                file.node().path("access"));
    }

    private record Parts(
            String account,
            Settings.Network network,
            Settings.Cluster cluster,
            Settings.Database database,
            Settings.Delivery delivery,
            Settings.Operations operations) {}

    /** Its mistakes are told together with the others. */
    private Policy access(Section file) {
        try {
            return PolicyReader.read(file.node().path("access"), environment + ".yaml");
        } catch (InvalidPolicy wrong) {
            problems.addAll(0, wrong.problems());
            throw refusal(environment, problems);
        }
    }

    private static Settings.Network network(Section network, String region) {
        network.knows("cidr", "zones", "nat_gateways");
        List<String> zones = network.each(
                "zones",
                zone -> Optional.of(zone).filter(name -> name.matches(region + "[a-f]")),
                "a zone of " + region);
        if (zones.size() != ZONES || zones.stream().distinct().count() != ZONES) {
            network.problem("zones", "three different zones");
        }
        int gateways = network.number("nat_gateways", 1);
        if (gateways > ZONES) {
            network.problem("nat_gateways", "from 1 to 3");
        }
        return new Settings.Network(
                network.text("cidr", CIDR, "an IPv4 range from /16 to /20, like 10.0.0.0/16"), zones, gateways);
    }

    private static Settings.Cluster cluster(Section cluster) {
        cluster.knows("name", "version", "endpoint_from", "nodes", "standing_access");
        List<String> from = cluster.has("endpoint_from")
                ? cluster.each(
                        "endpoint_from",
                        SettingsFile::range,
                        "an IPv4 range like 203.0.113.0/24; the whole Internet is refused")
                : List.of();
        return new Settings.Cluster(
                cluster.text("name", NAME, "small letters, digits and hyphens"),
                cluster.text(
                        "version", VERSION, "a version of Kubernetes from \"1.34\" to \"1.36\", in quotation marks"),
                from,
                nodes(cluster.section("nodes")),
                cluster.rows("standing_access").stream()
                        .map(SettingsFile::standing)
                        .toList());
    }

    private static Optional<String> range(String text) {
        return Optional.of(text).filter(range -> RANGE.matcher(range).matches() && !range.endsWith("/0"));
    }

    private static Settings.Nodes nodes(Section nodes) {
        nodes.knows("type", "fewest", "most", "disk_gib");
        int fewest = nodes.number("fewest", 2);
        int most = nodes.number("most", fewest);
        if (fewest < 2) {
            nodes.problem("fewest", "at least 2: some add-ons run twice, on different nodes");
        }
        if (most < fewest) {
            nodes.problem("most", "at least the fewest, " + fewest);
        }
        return new Settings.Nodes(
                nodes.text("type", INSTANCE, "an instance type of at least large, like m7g.large"),
                fewest,
                most,
                nodes.number("disk_gib", 50));
    }

    private static Settings.StandingAccess standing(Section row) {
        row.knows("principal", "policy", "namespaces");
        List<String> namespaces = row.has("namespaces")
                ? row.each(
                        "namespaces", name -> Optional.of(name).filter(Namespaces::isName), "the name of a namespace")
                : List.of();
        String policy = row.node().path("policy").asText("");
        if (AccessPolicy.named(policy).isEmpty()) {
            row.problem("policy", "an EKS access policy like AmazonEKSViewPolicy");
        }
        return new Settings.StandingAccess(
                row.text("principal", ROLE, "the ARN of an IAM role, its path included"), policy, namespaces);
    }

    private static Settings.Database database(Section database) {
        database.knows("name", "fewest_acu", "most_acu", "backup_days", "protected");
        double fewest = capacity(database, "fewest_acu");
        double most = capacity(database, "most_acu");
        if (most < fewest) {
            database.problem("most_acu", "at least the fewest, " + fewest);
        }
        int days = database.number("backup_days", 7);
        if (days > 35) {
            database.problem("backup_days", "from 1 to 35");
        }
        return new Settings.Database(
                database.text("name", Pattern.compile("[a-z][a-z0-9_]{0,62}"), "small letters, digits and underscores"),
                fewest,
                most,
                days,
                database.flag("protected"));
    }

    private static double capacity(Section database, String key) {
        double units = database.node().path(key).asDouble(-1);
        boolean halves = units >= 0.5 && units <= 128 && units * 2 == Math.rint(units * 2);
        if (!halves) {
            database.problem(key, "Aurora capacity units from 0.5 to 128, in halves");
        }
        return units;
    }

    private static Settings.Delivery delivery(Section delivery) {
        delivery.knows("repository", "branch");
        return new Settings.Delivery(
                delivery.text("repository", REPOSITORY, "a GitHub repository, owner/name"),
                delivery.text("branch", BRANCH, "a branch"));
    }

    private static Settings.Operations operations(Section operations) {
        operations.knows("slack_secret", "log_days");
        int days = operations.number("log_days", 30);
        if (!Logs.RETENTION.containsKey(days)) {
            operations.problem("log_days", "one of " + Logs.RETENTION.keySet());
        }
        return new Settings.Operations(operations.text("slack_secret", SECRET, "the name of a secret"), days);
    }
}
