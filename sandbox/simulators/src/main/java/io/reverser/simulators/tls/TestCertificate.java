package io.reverser.simulators.tls;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/**
 * A server's certificate.
 *
 * @param certificate the PEM file of the certificate
 * @param key the PEM file of the key: PKCS #8, without a password
 * @param sslContext for servers of the JDK
 */
public record TestCertificate(Path certificate, Path key, SSLContext sslContext) {}
