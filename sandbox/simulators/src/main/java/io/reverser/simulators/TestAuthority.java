package io.reverser.simulators;

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
 * A certificate authority that nobody trusts but who is told to. Two of them are foreign to each other, which is how a test
 * shows that the wrong certificate is refused.
 */
public final class TestAuthority {

    private final Path folder;
    private final X500Name name = new X500Name("CN=Nobody's authority");
    private final KeyPair keys;
    private final X509Certificate certificate;

    private Optional<TestCertificate> server = Optional.empty();

    private TestAuthority(Path folder) throws IOException, GeneralSecurityException {
        this.folder = folder;
        this.keys = newKeys();
        this.certificate = certify(name, keys.getPublic(), authority(), 3650);
    }

    /** Makes a new one, whose files and whose certificates' files lie in this folder. */
    public static TestAuthority create(Path folder) {
        try {
            Files.createDirectories(folder);
            var authority = new TestAuthority(folder.toAbsolutePath());
            Pem.write(authority.file(), authority.certificate);
            return authority;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The PEM file to trust. */
    public Path file() {
        return folder.resolve("authority.pem");
    }

    /** What stands in {@link #file}. */
    public String pem() {
        return Pem.of(certificate);
    }

    /** For a client that trusts this authority and no other. */
    public SSLContext trust() {
        return Tls.client(certificate);
    }

    /** The certificate for servers on this machine, whether they are called by name or by address. */
    public synchronized TestCertificate server() {
        TestCertificate issued = server.orElseGet(this::issue);
        server = Optional.of(issued);
        return issued;
    }

    private TestCertificate issue() {
        try {
            KeyPair own = newKeys();
            X509Certificate issued = certify(new X500Name("CN=localhost"), own.getPublic(), thisMachine(), 365);
            return new TestCertificate(
                    Pem.write(folder.resolve("server.pem"), issued),
                    Pem.write(folder.resolve("server-key.pem"), own.getPrivate()),
                    Tls.server(own.getPrivate(), issued, certificate));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private X509Certificate certify(X500Name subject, PublicKey key, Extension extension, int days)
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
                            builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
        } catch (OperatorCreationException failure) {
            throw new GeneralSecurityException(failure);
        }
    }

    private static Extension authority() throws IOException {
        return Extension.create(Extension.basicConstraints, true, new BasicConstraints(true));
    }

    private static Extension thisMachine() throws IOException {
        GeneralName[] names = {
            new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        };
        return Extension.create(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }

    /** RSA, because the oldest of the servers knows nothing newer for certain. */
    private static KeyPair newKeys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }
}
