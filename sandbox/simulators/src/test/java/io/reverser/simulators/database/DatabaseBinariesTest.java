package io.reverser.simulators.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.simulators.database.DatabaseBinaries.Unpacking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseBinariesTest {

    /** A file in a jar, which stands for the archive of a database server. Any other file in a jar could be used. */
    private static final String ARCHIVE = "/" + Test.class.getName().replace('.', '/') + ".class";

    private static final Unpacking ALL = folder -> Files.writeString(folder.resolve("all"), "");

    @TempDir
    Path folder;

    @Test
    void areUnpackedAgainAfterAnInterruption() {
        assertThatThrownBy(() -> unpack(unfinished -> {
                    Files.writeString(unfinished.resolve("half"), "");
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(DatabaseDidNotStart.class)
                .hasMessage("MariaDB did not start: No space left on device");
        assertThat(unpack(ALL)).isDirectoryContaining("glob:**/all").isDirectoryNotContaining("glob:**/half");
    }

    @Test
    void areUnpackedOnce() {
        var count = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(4)) {
            IntStream.range(0, 4)
                    .forEach(thread -> threads.execute(() -> unpack(unfinished -> {
                        ALL.unpackInto(unfinished);
                        count.incrementAndGet();
                    })));
        }
        assertThat(unpack(unfinished -> count.incrementAndGet())).isDirectoryContaining("glob:**/all");
        assertThat(count).hasValue(1);
    }

    /**
     * The folder's name contains the version, so a newer archive is unpacked even if an older one has been unpacked
     * before.
     */
    @Test
    void haveOneFolderPerVersion() {
        assertThat(unpack(ALL).toString()).matches(".*/junit-jupiter-api-[0-9.]+");
    }

    private Path unpack(Unpacking unpacking) {
        return new DatabaseBinaries(folder).unpack("MariaDB", ARCHIVE, unpacking);
    }
}
