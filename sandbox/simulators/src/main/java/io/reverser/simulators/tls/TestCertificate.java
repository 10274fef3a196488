package io.reverser.simulators.tls;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/**
 * The certificate of a server in tests.
 *
 * @param certificate the PEM file of the server's certificate
 * @param key the PEM file of the server's private key: PKCS #8, without a password
 * @param sslContext the TLS context for the JDK's HTTPS servers
 */
public record TestCertificate(Path certificate, Path key, SSLContext sslContext) {}
