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

/**
 * Names a function's package by what it was built from, so that the same commit is the same deployment. Quarkus writes down
 * its own start as classes in {@code io/quarkus}, which differ from build to build; it makes them out of everything else in
 * the package, and everything else is the same bytes each time. The order of entries and their times do not count either.
 * docs/adr/0028 says more.
 */
final class PackageHash {

    private static final String GENERATED_BY_QUARKUS = "io/quarkus/";

    private PackageHash() {}

    /** That of a package that this JDK built, which is the one that synthesises. */
    static String of(Path zip) {
        return of(zip, Runtime.version());
    }

    /**
     * 64 hexadecimal digits.
     *
     * @param zip as it is deployed
     * @param jdk the version of the JDK that built it
     * @throws UncheckedIOException when it is no zip
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
            throw new UncheckedIOException("The package cannot be read: " + zip, unreadable);
        }
    }

    /** With their lengths, so that no two lists of entries are the same bytes. */
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
