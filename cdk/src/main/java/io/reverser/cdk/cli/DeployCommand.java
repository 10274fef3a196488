package io.reverser.cdk.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.cdk.charts.Catalogue;
import io.reverser.cdk.deploy.AwsAccount;
import io.reverser.cdk.deploy.CostEstimate;
import io.reverser.cdk.deploy.DeployMessages;
import io.reverser.cdk.deploy.DeployedStacks;
import io.reverser.cdk.deploy.GitRepository;
import io.reverser.cdk.deploy.Preflight;
import io.reverser.cdk.deploy.SlackWorkspace;
import io.reverser.cdk.settings.InvalidSettingsException;
import io.reverser.cdk.settings.Settings;
import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/** {@code ./platform deploy <environment>}: deploys after all preflight checks pass and the user has seen the cost
 * estimate and confirmed; {@code --yes} confirms in advance, and {@code --unattended} also skips the checks.
 */
public final class DeployCommand {

    private final Path repository;
    private final Path cdk;
    private final Settings settings;
    private final Path out;

    private DeployCommand(Path repository, Settings settings) {
        this.repository = repository;
        this.cdk = repository.resolve("cdk");
        this.settings = settings;
        this.out = SynthCommand.outputFolder(repository, settings.name());
    }

    /** Arguments: the repository's folder, the environment, and optionally an option. */
    public static void main(String[] arguments) throws IOException {
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

    private int run(String option) throws IOException {
        if (!option.equals("--unattended")) {
            System.out.println(costEstimate());
            Preflight preflight = preflight();
            List<String> problems = preflight.findProblems();
            if (!problems.isEmpty()) {
                System.err.println(DeployMessages.preflightProblems(problems));
                return 1;
            }
            preflight.findWarnings().stream()
                    .map(DeployMessages::preflightWarning)
                    .forEach(System.out::println);
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
        }
        int status = deploy(findUnprotected(), this::synthesize, this::runCdkDeploy);
        if (status == 0) {
            System.out.println(DeployMessages.deployed(settings, readOutput("SlackRequestUrl")));
        } else {
            System.err.println(DeployMessages.failedDeployment(settings));
        }
        return status;
    }

    /** The stacks that will have deletion protection, but are not deployed yet. */
    private Set<String> findUnprotected() {
        if (!settings.deletionProtection()) {
            return Set.of();
        }
        var stacks = DeployedStacks.fetch(awsAccount(), templates());
        return templates().stream()
                .map(DeployedStacks::name)
                .filter(stack -> !stacks.isDeployed(stack))
                .collect(Collectors.toSet());
    }

    /**
     * Deploys all stacks. Stacks without protection are protected in a second deployment, because CloudFormation cannot
     * roll back the creation of a protected stack.
     *
     * @param synthesize writes the templates, in which these stacks have no deletion protection
     * @param cdkDeploy deploys the templates, and returns an exit status
     */
    static int deploy(Set<String> unprotected, Consumer<Set<String>> synthesize, IntSupplier cdkDeploy) {
        if (!unprotected.isEmpty()) {
            System.out.println(DeployMessages.unprotectedStacks(unprotected));
            synthesize.accept(unprotected);
            int status = cdkDeploy.getAsInt();
            if (status != 0) {
                return status;
            }
            synthesize.accept(Set.of());
        }
        return cdkDeploy.getAsInt();
    }

    private void synthesize(Set<String> unprotected) {
        SynthCommand.synthesize(repository, settings.name(), unprotected);
    }

    private Preflight preflight() {
        return new Preflight(
                awsAccount(),
                new SlackWorkspace(URI.create("https://slack.com/api/")),
                GitRepository.onGitHub(settings.delivery().repository()),
                settings,
                cdk.resolveSibling(""),
                templates(),
                Instant.now());
    }

    private AwsAccount awsAccount() {
        return AwsAccount.fromEnvironment(settings.region());
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
    private int runCdkDeploy() {
        String templates = cdk.relativize(out).toString();
        try {
            return new ProcessBuilder(
                            "npx",
                            "--no-install",
                            "cdk",
                            "deploy",
                            "--all",
                            "--app",
                            templates,
                            "--outputs-file",
                            templates + "/outputs.json",
                            "--require-approval",
                            "never",
                            "--concurrency",
                            "4")
                    .directory(cdk.toFile())
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 1;
        }
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
