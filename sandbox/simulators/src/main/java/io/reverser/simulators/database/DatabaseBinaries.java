package io.reverser.simulators.database;

import io.reverser.simulators.NativeFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * The binaries of database servers, shared by all processes. Each archive is unpacked only once.
 *
 * @param folder an absolute path; each archive is unpacked into a subfolder
 */
record DatabaseBinaries(Path folder) {

    /** Writes the binaries of one database server into a folder. */
    interface Unpacking {

        void unpackInto(Path folder) throws IOException;
    }

    /** The binaries that all processes of this build share. */
    static DatabaseBinaries shared() {
        try {
            return new DatabaseBinaries(NativeFolder.create());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Unpacks an archive unless it is already unpacked, and returns its folder. That folder is always complete.
     *
     * @param resource the name of a resource in the archive's jar; the jar's file name contains the version
     * @throws DatabaseDidNotStart when the archive cannot be unpacked
     */
    Path unpack(String product, String resource, Unpacking unpacking) {
        // A second lock on a file in the same process throws an exception, so threads of this process take turns.
        synchronized (DatabaseBinaries.class) {
            try (var channel = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                Path binaries = folder.resolve(archiveName(resource));
                if (!Files.exists(binaries)) {
                    Path unfinished = folder.resolve("unfinished");
                    DatabaseFolder.deleteRecursively(unfinished);
                    unpacking.unpackInto(Files.createDirectory(unfinished));
                    Files.move(unfinished, binaries);
                }
                return binaries;
            } catch (IOException failure) {
                throw new DatabaseDidNotStart(product, failure);
            }
        }
    }

    private static String archiveName(String resource) throws IOException {
        var location = Objects.requireNonNull(DatabaseBinaries.class.getResource(resource));
        String jar =
                ((JarURLConnection) location.openConnection()).getJarFileURL().getPath();
        return jar.substring(jar.lastIndexOf('/') + 1, jar.lastIndexOf('.'));
    }
}
