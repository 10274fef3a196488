package io.reverser.cdk.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageHashTest {

    private static final Runtime.Version JDK = Runtime.Version.parse("25.0.3+9-LTS");
    private static final Map<String, String> PACKAGE = Map.of(
            "io/reverser/access/granter/GranterHandler.class", "compiled",
            "lib/io.reverser.access-policy-1.0-SNAPSHOT.jar", "compiled too",
            "lib/software.amazon.awssdk.eks-2.41.5.jar", "a library",
            "application.properties", "quarkus.lambda.handler=granter",
            "io/quarkus/runner/ApplicationImpl.class", "recorded");

    @TempDir
    private Path folder;

    @Test
    void isEqualForTwoBuilds() throws IOException {
        var reversed = new LinkedHashMap<String, String>();
        PACKAGE.entrySet().stream()
                .sorted(Map.Entry.<String, String>comparingByKey().reversed())
                .forEach(entry -> reversed.put(entry.getKey(), entry.getValue()));
        reversed.put("io/quarkus/runner/ApplicationImpl.class", "recorded in another order");
        reversed.put("io/quarkus/runner/recorded/BannerProcessor$recordBanner92.class", "a number of its own");
        assertThat(hash(reversed, JDK)).isEqualTo(hash(PACKAGE, JDK)).matches("[0-9a-f]{64}");
    }

    /**
     * Each row is one kind of change: the module's source, another module's source, a library, the version of a
     * library, a build setting.
     */
    @ParameterizedTest
    @CsvSource({
        "io/reverser/access/granter/GranterHandler.class, io/reverser/access/granter/GranterHandler.class, changed",
        "lib/io.reverser.access-policy-1.0-SNAPSHOT.jar, lib/io.reverser.access-policy-1.0-SNAPSHOT.jar, changed",
        "lib/software.amazon.awssdk.eks-2.41.5.jar, lib/software.amazon.awssdk.eks-2.41.5.jar, changed",
        "lib/software.amazon.awssdk.eks-2.41.5.jar, lib/software.amazon.awssdk.eks-2.41.6.jar, a library",
        "application.properties, application.properties, quarkus.lambda.handler=other",
        "application.properties, io/quarkus.txt, ''"
    })
    void changesWithEveryInput(String before, String after, String content) throws IOException {
        var changed = new LinkedHashMap<>(PACKAGE);
        changed.remove(before);
        changed.put(after, content);
        assertThat(hash(changed, JDK)).isNotEqualTo(hash(PACKAGE, JDK));
    }

    @Test
    void changesWithTheJdk() throws IOException {
        assertThat(hash(PACKAGE, Runtime.Version.parse("25.0.4+7-LTS"))).isNotEqualTo(hash(PACKAGE, JDK));
    }

    @Test
    void namesTheUnreadableFile() throws IOException {
        Path file = Files.writeString(folder.resolve("function.zip"), "not a zip");
        assertThatThrownBy(() -> PackageHash.of(file, JDK))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Cannot read the package " + file);
    }

    private String hash(Map<String, String> entries, Runtime.Version jdk) throws IOException {
        Path zip = folder.resolve("function.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (var entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return PackageHash.of(zip, jdk);
    }
}
