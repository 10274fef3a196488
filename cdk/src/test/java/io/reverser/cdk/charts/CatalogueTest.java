package io.reverser.cdk.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverser.cdk.settings.Settings;
import io.reverser.cdk.settings.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {

    private static final Path FOLDER = Path.of("../helm-values");
    private static final Catalogue CATALOGUE = Catalogue.read(FOLDER);

    static Stream<Chart> charts() {
        return CATALOGUE.charts().stream();
    }

    @ParameterizedTest
    @MethodSource("charts")
    void usesOnlyKnownKeys(Chart chart) throws IOException {
        assertThat(known(chart).problems(CATALOGUE.rawValues(chart), chart.freeFormPaths()))
                .isEmpty();
    }

    /** The list of known keys must be that of the installed version. */
    @ParameterizedTest
    @MethodSource("charts")
    void listsTheKeysOfTheInstalledVersion(Chart chart) throws IOException {
        assertThat(Files.readAllLines(knownKeys(chart)).getFirst())
                .isEqualTo("# The keys of %s %s. Made by ./platform charts; not to be edited."
                        .formatted(chart.name(), chart.version()));
        assertThat(known(chart).kinds()).hasSizeGreaterThan(4);
    }

    @Test
    void hasOneValuesFileForEachRelease() throws IOException {
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(Path::getFileName)
                            .map(Path::toString)
                            .filter(name -> name.endsWith(".yaml") && !name.equals("catalogue.yaml"))
                            .map(name -> name.substring(0, name.length() - ".yaml".length())))
                    .containsExactlyInAnyOrderElementsOf(
                            charts().map(Chart::release).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("charts")
    void pinsEveryChart(Chart chart) {
        assertThat(chart.version()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(chart.repository()).startsWith("https://");
        assertThat(chart.namespace()).matches("[a-z-]+");
    }

    /** A version in two places would be updated in only one. */
    @ParameterizedTest
    @MethodSource("charts")
    void namesVersionsInTheCatalogueOnly(Chart chart) throws IOException {
        assertThat(FOLDER.resolve(chart.release() + ".yaml")).content().doesNotContain(chart.version());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void fillsInEveryPlaceAndUsesEveryFill(String environment) {
        ValuePlaceholders placeholders = fills(environment);
        String all = charts().map(chart -> CATALOGUE.values(chart, placeholders).toString())
                .collect(Collectors.joining());
        assertThat(all).doesNotContain("${");
        String places =
                charts().map(chart -> CATALOGUE.rawValues(chart).toString()).collect(Collectors.joining());
        assertThat(placeholders.byName().keySet()).allMatch(name -> places.contains("${" + name + "}"));
    }

    @Test
    void makesASecondReleaseOfAChartThatItNamesOnce() {
        assertThat(CATALOGUE.chart("argocd-secrets"))
                .usingRecursiveComparison()
                .ignoringFields("release", "waits")
                .isEqualTo(CATALOGUE.chart("argocd-apps"));
    }

    @Test
    void takesTheAutoscalerOfTheClustersMinorVersion() {
        for (String version : List.of("1.34", "1.35", "1.36")) {
            assertThat(CATALOGUE.autoscalerImageTag(version)).startsWith("v" + version + ".");
        }
        assertThatThrownBy(() -> CATALOGUE.autoscalerImageTag("1.29"))
                .hasMessage("catalogue.yaml: autoscaler has no image for Kubernetes 1.29");
    }

    @Test
    void refusesAValueWithoutEffectThatIsListedWithoutAReason(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("catalogue.yaml"), "{charts: {small: {without_effect: {color: \" \"}}}}");
        assertThatThrownBy(() -> Catalogue.read(folder))
                .hasMessage("catalogue.yaml: without_effect of small lists color without a reason");
    }

    /** What it would say of values that are wrong. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            metrics-server  | {"replica": 2}                          | replica: the chart has no such key
            metrics-server  | {"replicas": "two"}                     | replicas: found "two", expected a number
            metrics-server  | {"podDisruptionBudget": true}           | podDisruptionBudget: found true, expected an object
            metrics-server  | {"args": "--v=2"}                       | args: found "--v=2", expected a list
            argo-cd         | {"server": {"ingres": {}}}              | server/ingres: the chart has no such key
            argo-cd         | {"server": {"ingress": {"enabled": 1}}} | server/ingress/enabled: found 1, expected a boolean
            argo-cd         | {"configs": {"prams": {"a": "b"}}}      | configs/prams: the chart has no such key
            reloader        | {"reloader": {"reloadStrategy": false}} | reloader/reloadStrategy: found false, expected a text
            """)
    void findsWhatTheChartWouldIgnore(String chart, String values, String problem) throws IOException {
        JsonNode wrong = new ObjectMapper().readTree(values);
        assertThat(known(CATALOGUE.chart(chart)).problems(wrong, List.of("configs/params")))
                .containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {name: "${clustername}"} | x.yaml: nothing stands for ${clustername}; known are [access_logs, argocd_allowed_cidrs,
            {name: null}             | x.yaml: null cannot be handed over
            {name: 0.5}              | x.yaml: found 0.5, expected a whole number or a text
            """)
    void refusesValuesThatWouldGetLost(String values, String said) throws IOException {
        JsonNode wrong = new YAMLMapper().readTree(values);
        assertThatThrownBy(() -> fills("dev").fill("x.yaml", wrong)).hasMessageStartingWith(said);
    }

    private static ValuePlaceholders fills(String environment) {
        Settings settings = SettingsFile.read(Path.of("config"), environment);
        return ValuePlaceholders.of(
                settings,
                "vpc-1",
                CATALOGUE.autoscalerImageTag(settings.cluster().version()));
    }

    private static ChartValueKeys known(Chart chart) throws IOException {
        return ChartValueKeys.read(knownKeys(chart));
    }

    private static Path knownKeys(Chart chart) {
        return FOLDER.resolve("known-keys").resolve(chart.name() + ".txt");
    }
}
