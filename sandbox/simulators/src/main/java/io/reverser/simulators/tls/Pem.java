package io.reverser.simulators.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** Writes certificates and private keys in PEM format (RFC 7468), which the database servers read. */
final class Pem {

    private static final Base64.Encoder BASE64_LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    static String of(X509Certificate certificate) {
        try {
            return encode("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException failure) {
            throw new IllegalArgumentException(failure);
        }
    }

    static Path write(Path file, X509Certificate certificate) throws IOException {
        return Files.writeString(file, of(certificate));
    }

    /** Writes a private key to a file that only the file's owner can read, as MySQL requires. */
    static Path write(Path file, PrivateKey key) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, encode("PRIVATE KEY", key.getEncoded()));
    }

    private static String encode(String label, byte[] content) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(label, BASE64_LINES.encodeToString(content));
    }
}
