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
 * Server binaries that all processes share, each archive unpacked once.
 *
 * @param folder an absolute path, with a subfolder for each archive
 */
record DatabaseBinaries(Path folder) {

    /** Writes a server's binaries into a folder. */
    interface Unpacking {

        void unpackInto(Path folder) throws IOException;
    }

    /** The binaries of this build. */
    static DatabaseBinaries shared() {
        try {
            return new DatabaseBinaries(NativeFolder.create());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Unpacks an archive once. The returned folder is never incomplete.
     *
     * @param resource any resource of the archive's jar; its file name contains the version
     * @throws DatabaseDidNotStart when the archive cannot be unpacked
     */
    Path unpack(String product, String resource, Unpacking unpacking) {
        // A second lock of a file in the same process throws an exception.
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
