package io.reverser.cdk.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverser.cdk.Synth;
import io.reverser.cdk.settings.InvalidSettings;
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

/**
 * {@code ./platform deploy <environment>}: nothing is created before everything that it needs is there and somebody who
 * has seen what it costs has agreed.
 */
public final class Deploy {

    private final Path cdk;
    private final Settings settings;
    private final Path out;

    private Deploy(Path repository, Settings settings) {
        this.cdk = repository.resolve("cdk");
        this.settings = settings;
        this.out = Synth.folder(repository, settings.name());
    }

    /** Arguments: the repository's folder, the environment, and perhaps {@code --check} or {@code --yes}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path repository = Path.of(arguments[0]).toAbsolutePath().normalize();
        String how = arguments.length > 2 ? arguments[2] : "";
        try {
            var deploy = new Deploy(repository, Synth.write(repository, arguments[1]));
            System.exit(deploy.run(how));
        } catch (InvalidSettings | IllegalStateException wrong) {
            System.err.println("platform: " + wrong.getMessage());
            System.exit(1);
        }
    }

    private int run(String how) throws IOException, InterruptedException {
        System.out.println(costs());
        List<String> missing = new Preflight(account(), settings).missing();
        if (!missing.isEmpty()) {
            System.err.println(Wording.missing(missing));
            return 1;
        }
        if (how.equals("--check")) {
            System.out.println("platform: everything that a deployment needs is there");
            return 0;
        }
        if (!how.equals("--yes")
                && !agreed(Wording.question(settings, templates().size()))) {
            System.err.println("platform: nothing was created");
            return 1;
        }
        int status = cdk();
        if (status == 0) {
            System.out.println(Wording.done(settings, output("SlackRequestUrl")));
        }
        return status;
    }

    private Account account() {
        return new Account(
                Region.of(settings.region()),
                DefaultCredentialsProvider.builder().build(),
                Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL")).map(URI::create));
    }

    private String costs() throws IOException {
        JsonNode prices = new YAMLMapper().readTree(Files.readString(cdk.resolve("config/prices.yaml")));
        return Wording.costs(
                new Costs(settings, resources(), prices).parts(),
                prices.path("source").asText());
    }

    /** Nobody has agreed where there is no terminal to be asked on. */
    @SuppressWarnings("SystemConsoleNull") // From JDK 22 to 24 it never was; in 25 it can be again (JDK-8351435).
    static boolean agreed(String question) {
        Console console = System.console();
        return console != null && "y".equalsIgnoreCase(console.readLine("%s", question));
    }

    /** Stacks that do not need one another are deployed side by side. */
    private int cdk() throws IOException, InterruptedException {
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

    private String output(String name) throws IOException {
        return new ObjectMapper()
                .readTree(out.resolve("outputs.json").toFile())
                .findPath(name)
                .asText();
    }

    private Map<String, Long> resources() throws IOException {
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
                    .toList();
        } catch (IOException missing) {
            throw new IllegalStateException(out + " cannot be read", missing);
        }
    }
}
