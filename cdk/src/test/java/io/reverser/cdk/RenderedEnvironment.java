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

/**
 * All that speaks of an environment.
 *
 * @param overlay as kustomize builds it
 * @param argocd the values of Argo CD's Application, project and image updater
 */
record RenderedEnvironment(Settings settings, SynthesizedApp templates, Manifests overlay, JsonNode argocd) {

    /** The reverser in its Deployment. */
    static final String CONTAINER = "/spec/template/spec/containers/0";

    static RenderedEnvironment of(String environment) {
        return of(environment, Path.of("config"), SynthesizedApp.of(environment));
    }

    /** The same with other settings. */
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

    /** Where a template is named in messages. */
    String templateName(String stack) {
        return "the template " + settings.name() + "-" + stack;
    }

    /** Where the overlay is named in messages. */
    String overlayPath() {
        return "kustomize/overlays/" + settings.name();
    }

    /** The ranges of the subnets of a kind. */
    List<String> subnetCidrs(String kind) {
        return templates.resources("AWS::EC2::Subnet").stream()
                .filter(subnet -> subnet.id().contains(kind + "Subnet"))
                .map(subnet -> subnet.at("/CidrBlock").asText())
                .toList();
    }

    /** A variable of the pods. */
    String environmentVariable(String name) {
        return Manifests.items(overlay.only("Deployment").at(CONTAINER + "/env"))
                .filter(variable -> variable.path("name").asText().equals(name))
                .map(variable -> variable.path("value").asText())
                .findFirst()
                .orElse("nothing");
    }

    /** The first group of what is like a pattern. */
    static String firstMatch(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group(1) : "nothing like " + pattern;
    }

    /** The same of everything that is like it. */
    static Set<String> allMatches(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A file of the repository, from {@code cdk/}. */
    static String readFile(String name) {
        try {
            return Files.readString(Path.of(name));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
