package io.reverser.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.cdk.manifests.Manifests;
import io.reverser.cdk.settings.Settings;
import io.reverser.cdk.settings.SettingsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** All artifacts that are rendered for an environment.
 *
 * @param overlay the output of kustomize
 * @param argocd the values of the chart argocd-apps
 */
record RenderedEnvironment(Settings settings, SynthesizedApp templates, Manifests overlay, JsonNode argocd) {

    /** The JSON pointer to the reverser's container in its Deployment. */
    static final String CONTAINER = "/spec/template/spec/containers/0";

    static RenderedEnvironment of(String environment) {
        return of(environment, Path.of("config"), SynthesizedApp.of(environment));
    }

    /** Renders an environment with settings from another folder. */
    static RenderedEnvironment of(String environment, Path config) {
        return of(environment, config, SynthesizedApp.of(environment, config));
    }

    private static RenderedEnvironment of(String environment, Path config, SynthesizedApp templates) {
        return new RenderedEnvironment(
                SettingsFile.read(config, environment),
                templates,
                Manifests.of(environment),
                templates.chartValues("argocd-apps"));
    }

    /** The name of a template in assertion messages. */
    String templateName(String stack) {
        return "the template " + settings.name() + "-" + stack;
    }

    /** The path of the overlay in assertion messages. */
    String overlayPath() {
        return "kustomize/overlays/" + settings.name();
    }

    /** The CIDR ranges of all subnets of a type. */
    List<String> subnetCidrs(String kind) {
        return templates.resources("AWS::EC2::Subnet").stream()
                .filter(subnet -> subnet.id().contains(kind + "Subnet"))
                .map(subnet -> subnet.at("/CidrBlock").asText())
                .toList();
    }

    /** The value of an environment variable of the reverser's pods. */
    String environmentVariable(String name) {
        return Manifests.items(overlay.only("Deployment").at(CONTAINER + "/env"))
                .filter(variable -> variable.path("name").asText().equals(name))
                .map(variable -> variable.path("value").asText())
                .findFirst()
                .orElse("nothing");
    }

    /** The first capturing group of the first match of a pattern. */
    static String firstMatch(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group(1) : "nothing like " + pattern;
    }

    /** The first capturing group of each match of a pattern. */
    static Set<String> allMatches(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Reads a file of the repository; the path is relative to {@code cdk/}. */
    static String readFile(String name) {
        try {
            return Files.readString(Path.of(name));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
