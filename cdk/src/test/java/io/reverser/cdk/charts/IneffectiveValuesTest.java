package io.reverser.cdk.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs Helm with a small chart that the test writes. */
class IneffectiveValuesTest {

    private static final String DEFAULTS = """
            color: red
            scheme: internal
            tags: []
            rules: []
            either: false
            or: false
            debug: {enabled: false, level: 1}
            """;

    private static final String TEMPLATE = """
            # {{ .Values.comment }}
            apiVersion: v1
            kind: Secret
            metadata: {name: small}
            stringData:
              # Another at each rendering.
              password: {{ randAlphaNum 40 }}
              color: {{ .Values.color }}
              scheme: {{ .Values.scheme }}
              tags: {{ join "," .Values.tags | quote }}
              rules: "{{ range .Values.rules }}{{ .name }};{{ end }}"
              both: "{{ or .Values.either .Values.or }}"
              {{- if .Values.debug.enabled }}
              level: "{{ .Values.debug.level }}"
              {{- end }}
              {{- if .Values.size }}
              size: {{ required "a unit is missing" .Values.unit }}
              {{- end }}
            """;

    @TempDir
    private Path folder;

    private Path unpacked;

    @BeforeEach
    void writeChart() throws IOException {
        unpacked = folder.resolve("small");
        Files.createDirectories(unpacked.resolve("templates"));
        Files.writeString(unpacked.resolve("Chart.yaml"), "{apiVersion: v2, name: small, version: 1.0.0}");
        Files.writeString(unpacked.resolve("values.yaml"), DEFAULTS);
        Files.writeString(unpacked.resolve("templates/secret.yaml"), TEMPLATE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            color: blue                                         |
            color: red                                          | color
            colour: blue                                        | colour
            comment: it                                         | comment
            size: large, unit: cm                               |
            unit: cm                                            | unit
            tags: []                                            | tags
            tags: [a, a]                                        |
            rules: [{name: a}, {name: b, port: 80}]             | rules/1/port
            debug: {enabled: true, level: 2}                    |
            debug: {enabled: true, level: 1}                    | debug/level
            debug: {enabled: false, level: 2}                   | debug/enabled, debug/level
            labels: [{a.b/c: [1, 2]}]                           | labels
            labels: {a.b/c: d}                                  | labels/a.b/c
            """)
    void findsDefaultAndUnreadValues(String values, String found) throws Exception {
        assertThat(problems("{" + values + "}"))
                .containsExactlyElementsOf(
                        found == null
                                ? List.of()
                                : List.of(found.split(", ")).stream()
                                        .map("small.yaml: %s has no effect"::formatted)
                                        .toList());
    }

    @Test
    void findsOneOfTwoRedundantValues() throws Exception {
        assertThat(problems("{either: true, or: true}")).containsExactly("small.yaml: either has no effect");
    }

    @Test
    void keepsValuesWithAnEffectInOneEnvironment() throws Exception {
        assertThat(problems("{scheme: \"${scheme}\"}")).isEmpty();
    }

    @Test
    void acceptsListedValues() throws Exception {
        assertThat(problems("{color: red, tags: []}", "{color: As agreed.}"))
                .containsExactly("small.yaml: tags has no effect");
    }

    @Test
    void rejectsListedValuesWithAnEffect() throws Exception {
        assertThat(problems("{color: blue}", "{color: As agreed., tags: As agreed.}"))
                .containsExactlyInAnyOrder(
                        "catalogue.yaml: without_effect of small lists color, which has an effect",
                        "catalogue.yaml: without_effect of small lists tags, which is not in small.yaml");
    }

    private List<String> problems(String values) throws IOException, InterruptedException {
        return problems(values, "{}");
    }

    private List<String> problems(String values, String withoutEffect) throws IOException, InterruptedException {
        assumeTrue(KubectlLayer.isUsableHere(Path.of(".")), "helm comes with npm ci in cdk/, for Linux on x86");
        Files.writeString(folder.resolve("small.yaml"), values);
        Files.writeString(
                folder.resolve("catalogue.yaml"),
                "{charts: {small: {repository: none, version: 1.0.0, namespace: a, without_effect: %s}}}"
                        .formatted(withoutEffect));
        Catalogue catalogue = Catalogue.read(folder);
        var environments = List.of(environment("internal"), environment("internet-facing"));
        return IneffectiveValues.problems(
                Helm.unpack(Path.of(".")), catalogue, catalogue.chart("small"), unpacked, environments);
    }

    private static ChartEnvironment environment(String scheme) {
        return new ChartEnvironment(scheme, new ValuePlaceholders(Map.of("scheme", scheme)), "1.35");
    }
}
