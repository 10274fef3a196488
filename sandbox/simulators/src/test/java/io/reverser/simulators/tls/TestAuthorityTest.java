package io.reverser.simulators.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestAuthorityTest {

    @TempDir
    private Path folder;

    private TestAuthority authority;

    @BeforeEach
    void create() {
        authority = TestAuthority.create(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void issuesCertificatesForLoopback(String host) throws Exception {
        assertThat(get(host, authority.serverCertificate(), authority)).isEqualTo(200);
    }

    @Test
    void isNotTrustedByClientsOfAnother() {
        TestAuthority foreign = TestAuthority.create(folder.resolve("foreign"));
        assertThatThrownBy(() -> get("localhost", foreign.serverCertificate(), authority))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("signature");
    }

    @Test
    void restrictsKeyFilesToTheirOwner() throws IOException {
        Path key = authority.serverCertificate().key();
        assertThat(Files.getPosixFilePermissions(key)).hasSize(2);
        assertThat(key).content().startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(authority.certificateFile()).content().isEqualTo(authority.pem());
    }

    private static int get(String host, TestCertificate certificate, TestAuthority trusted) throws Exception {
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.sslContext()));
        server.createContext("/", exchange -> exchange.sendResponseHeaders(200, -1));
        server.start();
        try (var client =
                HttpClient.newBuilder().sslContext(trusted.clientSslContext()).build()) {
            URI uri = URI.create("https://" + host + ":" + server.getAddress().getPort());
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                    .statusCode();
        } finally {
            server.stop(0);
        }
    }
}
