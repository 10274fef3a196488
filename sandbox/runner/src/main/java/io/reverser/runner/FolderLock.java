package io.reverser.runner;

import io.reverser.runner.process.SandboxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * An exclusive lock on the folder of a sandbox's data: a second sandbox in that folder would delete the first one's
 * data. The operating system releases the lock when the process ends.
 */
final class FolderLock implements AutoCloseable {

    private final FileLock lock;

    private FolderLock(FileLock lock) {
        this.lock = lock;
    }

    /**
     * Locks a folder, and creates the folder if it is missing.
     *
     * @throws SandboxException when another sandbox holds the lock
     */
    static FolderLock acquire(Path folder) {
        Path file = folder.resolve("lock");
        try {
            Files.createDirectories(folder);
            var channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Optional<FileLock> lock = tryLock(channel);
            if (lock.isPresent()) {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(
                        String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
                return new FolderLock(lock.get());
            }
            channel.close();
            throw new SandboxException("Another sandbox runs in " + folder + " (process " + Files.readString(file)
                    + "); stop it first, or start this one from another checkout");
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot lock the folder " + folder, failure);
        }
    }

    @Override
    public void close() throws IOException {
        lock.acquiredBy().close();
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException byThisProcess) {
            return Optional.empty();
        }
    }
}
