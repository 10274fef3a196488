package io.reverser.cdk.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A reproducible hash of a function's package, so that the same commit always gives the same deployment. Quarkus
 * generates classes in {@code io/quarkus} that differ from build to build. These classes depend only on the rest of the
 * package, which has the same bytes in each build, so the hash leaves them out, as well as the order and the timestamps
 * of the zip entries. See docs/adr/0028.
 */
final class PackageHash {

    private static final String GENERATED_BY_QUARKUS = "io/quarkus/";

    private PackageHash() {}

    /** The hash of a package that was built with the JDK that runs the synthesis. */
    static String of(Path zip) {
        return of(zip, Runtime.version());
    }

    /** Returns 64 hexadecimal digits.
     *
     * @param zip the package
     * @param jdk the version of the JDK that built it
     * @throws UncheckedIOException if the file is not a zip
     */
    static String of(Path zip, Runtime.Version jdk) {
        try (var file = new ZipFile(zip.toFile())) {
            MessageDigest hash = sha256();
            add(hash, "jdk", jdk.toString().getBytes(StandardCharsets.UTF_8));
            List<? extends ZipEntry> entries = file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .filter(entry -> !entry.getName().startsWith(GENERATED_BY_QUARKUS))
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .toList();
            for (ZipEntry entry : entries) {
                try (var content = file.getInputStream(entry)) {
                    add(hash, entry.getName(), content.readAllBytes());
                }
            }
            return HexFormat.of().formatHex(hash.digest());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read the package " + zip, unreadable);
        }
    }

    /** The lengths are hashed, too, so that different entries never give the same sequence of bytes. */
    private static void add(MessageDigest hash, String name, byte[] content) {
        hash.update("%d %s %d ".formatted(name.length(), name, content.length).getBytes(StandardCharsets.UTF_8));
        hash.update(content);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
