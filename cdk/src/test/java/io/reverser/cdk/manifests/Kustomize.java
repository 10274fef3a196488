package io.reverser.cdk.manifests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.reverser.cdk.charts.KubectlLayer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipFile;

/** Runs kustomize, which is part of the kubectl in the Lambda layer that npm installs. */
final class Kustomize {

    static final Path FOLDER = Path.of("../kustomize");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Map<String, List<JsonNode>> BUILT = new ConcurrentHashMap<>();

    private Kustomize() {}

    /** Builds the base or an overlay. Skips the calling test if npm has not installed the layer. */
    static List<JsonNode> build(String folder) {
        assumeTrue(KubectlLayer.isUsableHere(Path.of(".")), "kubectl comes with npm ci in cdk/, for Linux on x86");
        Path layer = Path.of(KubectlLayer.ZIP);
        return BUILT.computeIfAbsent(folder, name -> run(layer, FOLDER.resolve(name)));
    }

    private static List<JsonNode> run(Path layer, Path folder) {
        try {
            Path log = Files.createTempFile(Path.of("target"), "kustomize", ".yaml");
            int status = new ProcessBuilder(kubectl(layer).toString(), "kustomize", folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            String text = Files.readString(log);
            Files.delete(log);
            if (status != 0) {
                throw new AssertionError(folder + ": " + text);
            }
            try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
                return documents.readAll();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static synchronized Path kubectl(Path layer) throws IOException {
        Path kubectl = Path.of("target/kubectl").toAbsolutePath();
        if (!Files.isExecutable(kubectl)) {
            try (var zip = new ZipFile(layer.toFile());
                    var content = zip.getInputStream(zip.getEntry("kubectl/kubectl"))) {
                Files.copy(content, kubectl);
            }
            Files.setPosixFilePermissions(kubectl, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return kubectl;
    }
}
