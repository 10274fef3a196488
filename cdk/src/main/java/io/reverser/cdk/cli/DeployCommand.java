package io.reverser.cdk.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.cdk.charts.Catalogue;
import io.reverser.cdk.deploy.AwsAccount;
import io.reverser.cdk.deploy.CostEstimate;
import io.reverser.cdk.deploy.DeployMessages;
import io.reverser.cdk.deploy.GitRepository;
import io.reverser.cdk.deploy.Preflight;
import io.reverser.cdk.deploy.SlackWorkspace;
import io.reverser.cdk.settings.InvalidSettingsException;
import io.reverser.cdk.settings.Settings;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** {@code ./platform deploy <environment>}: deploys after all preflight checks pass and the user has seen the cost
 * estimate and confirmed; {@code --yes} confirms in advance.
 */
public final class DeployCommand {

    private final Path cdk;
    private final Settings settings;
    private final Path out;

    private DeployCommand(Path repository, Settings settings) {
        this.cdk = repository.resolve("cdk");
        this.settings = settings;
        this.out = SynthCommand.outputFolder(repository, settings.name());
    }

    /** Arguments: the repository's folder, the environment, and optionally {@code --check} or {@code --yes}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path repository = Path.of(arguments[0]).toAbsolutePath().normalize();
        String option = arguments.length > 2 ? arguments[2] : "";
        try {
            var deploy = new DeployCommand(repository, SynthCommand.synthesize(repository, arguments[1]));
            System.exit(deploy.run(option));
        } catch (InvalidSettingsException | IllegalStateException invalid) {
            System.err.println("platform: " + invalid.getMessage());
            System.exit(1);
        }
    }

    private int run(String option) throws IOException, InterruptedException {
        System.out.println(costEstimate());
        List<String> problems = preflight().findProblems();
        if (!problems.isEmpty()) {
            System.err.println(DeployMessages.preflightProblems(problems));
            return 1;
        }
        if (option.equals("--check")) {
            System.out.println("platform: all preflight checks passed; run the command without --check to deploy");
            return 0;
        }
        if (!option.equals("--yes")
                && !isConfirmed(
                        DeployMessages.confirmation(settings, templates().size()))) {
            System.err.println("platform: deployment cancelled; nothing was deployed");
            return 1;
        }
        int status = runCdkDeploy();
        if (status == 0) {
            System.out.println(DeployMessages.deployed(settings, readOutput("SlackRequestUrl")));
        }
        return status;
    }

    private Preflight preflight() {
        return new Preflight(
                awsAccount(),
                new SlackWorkspace(URI.create("https://slack.com/api/")),
                GitRepository.onGitHub(settings.delivery().repository()),
                settings,
                cdk.resolveSibling(""),
                templates());
    }

    private AwsAccount awsAccount() {
        return new AwsAccount(
                Region.of(settings.region()),
                DefaultCredentialsProvider.builder().build(),
                Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL")).map(URI::create));
    }

    private String costEstimate() throws IOException {
        JsonNode prices = Catalogue.readYaml(cdk.resolve("config/prices.yaml"));
        return DeployMessages.costEstimate(
                new CostEstimate(settings, countResources(), prices).lineItems(),
                prices.path("source").asText());
    }

    /** Asks the user to confirm; false if there is no terminal. */
    @SuppressWarnings("SystemConsoleNull") // System.console() can be null in JDK 25, not in JDK 22 to 24.
    static boolean isConfirmed(String question) {
        Console console = System.console();
        return console != null && "y".equalsIgnoreCase(console.readLine("%s", question));
    }

    /** Runs {@code cdk deploy} for all stacks; independent stacks are deployed in parallel. */
    private int runCdkDeploy() throws IOException, InterruptedException {
        return new ProcessBuilder(
                        "npx",
                        "--no-install",
                        "cdk",
                        "deploy",
                        "--all",
                        "--app",
                        out.toString(),
                        "--outputs-file",
                        out.resolve("outputs.json").toString(),
                        "--require-approval",
                        "never",
                        "--concurrency",
                        "4")
                .directory(cdk.toFile())
                .inheritIO()
                .start()
                .waitFor();
    }

    private String readOutput(String name) throws IOException {
        return new ObjectMapper()
                .readTree(out.resolve("outputs.json").toFile())
                .findPath(name)
                .asText();
    }

    private Map<String, Long> countResources() throws IOException {
        var counts = new HashMap<String, Long>();
        for (Path template : templates()) {
            new ObjectMapper()
                    .readTree(template.toFile())
                    .path("Resources")
                    .forEach(resource -> counts.merge(resource.path("Type").asText(), 1L, Long::sum));
        }
        return counts;
    }

    private List<Path> templates() {
        try (var files = Files.list(out)) {
            return files.filter(file -> file.toString().endsWith(".template.json"))
                    .sorted()
                    .toList();
        } catch (IOException missing) {
            throw new IllegalStateException(out + " cannot be read; run ./platform synth first", missing);
        }
    }
}
