package io.reverser.runner;

import io.reverser.runner.process.SandboxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A sandbox's hold on its folder: a second one would delete the data below the first. It ends with the process at the latest. */
final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes hold of a folder, which is made where there is none.
     *
     * @throws SandboxException when another sandbox has it
     */
    static FolderLock acquire(Path folder) {
        Path file = folder.resolve("owner");
        try {
            Files.createDirectories(folder);
            var channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!isLockedElsewhere(channel)) {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(
                        String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
                return new FolderLock(channel);
            }
            channel.close();
            throw new SandboxException("Another sandbox runs in " + folder + " (process " + Files.readString(file)
                    + "); stop that one first, or start this one from another checkout");
        } catch (IOException failure) {
            throw new UncheckedIOException("The folder " + folder + " cannot be used", failure);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static boolean isLockedElsewhere(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException byThisProcess) {
            return true;
        }
    }
}
