package io.reverser.simulators.tls;

import static java.time.temporal.ChronoUnit.DAYS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority for tests; only clients that are configured with it trust it. Tests use two authorities to
 * verify that clients reject the certificates of the wrong one.
 */
public final class TestAuthority {

    private final Path folder;
    private final X500Name name = new X500Name("CN=Nobody's authority");
    private final KeyPair keyPair;
    private final X509Certificate certificate;

    private Optional<TestCertificate> serverCertificate = Optional.empty();

    private TestAuthority(Path folder) throws IOException, GeneralSecurityException {
        this.folder = folder;
        this.keyPair = generateKeyPair();
        this.certificate = sign(name, keyPair.getPublic(), caConstraint(), 3650);
    }

    /** Creates a certificate authority, and writes its files to the given folder. */
    public static TestAuthority create(Path folder) {
        try {
            Files.createDirectories(folder);
            var authority = new TestAuthority(folder.toAbsolutePath());
            Pem.write(authority.certificateFile(), authority.certificate);
            return authority;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The PEM file of the authority's CA certificate. */
    public Path certificateFile() {
        return folder.resolve("authority.pem");
    }

    /** The certificate in {@link #certificateFile}, as PEM text. */
    public String pem() {
        return Pem.of(certificate);
    }

    /** The TLS context of a client that trusts only this authority. */
    public SSLContext clientSslContext() {
        return SslContexts.client(certificateFile());
    }

    /**
     * Returns the certificate for all servers on loopback, which is valid for the host name {@code localhost} and the
     * IP address.
     */
    public synchronized TestCertificate serverCertificate() {
        TestCertificate issued = serverCertificate.orElseGet(this::issueServerCertificate);
        serverCertificate = Optional.of(issued);
        return issued;
    }

    private TestCertificate issueServerCertificate() {
        try {
            KeyPair own = generateKeyPair();
            X509Certificate issued = sign(new X500Name("CN=localhost"), own.getPublic(), loopbackNames(), 365);
            return new TestCertificate(
                    Pem.write(folder.resolve("server.pem"), issued),
                    Pem.write(folder.resolve("server-key.pem"), own.getPrivate()),
                    SslContexts.server(own.getPrivate(), issued, certificate));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private X509Certificate sign(X500Name subject, PublicKey key, Extension extension, int days)
            throws IOException, GeneralSecurityException {
        var builder = new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(Long.SIZE, new SecureRandom()),
                Date.from(Instant.now().minus(30, DAYS)),
                Date.from(Instant.now().plus(days, DAYS)),
                subject,
                key);
        try {
            builder.addExtension(extension);
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(keyPair.getPrivate())));
        } catch (OperatorCreationException failure) {
            throw new GeneralSecurityException(failure);
        }
    }

    private static Extension caConstraint() throws IOException {
        return Extension.create(Extension.basicConstraints, true, new BasicConstraints(true));
    }

    private static Extension loopbackNames() throws IOException {
        GeneralName[] names = {
            new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        };
        return Extension.create(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }

    /** Generates an RSA key pair, because the oldest database server may not support newer algorithms. */
    private static KeyPair generateKeyPair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }
}
