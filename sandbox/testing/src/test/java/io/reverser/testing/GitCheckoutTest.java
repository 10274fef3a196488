package io.reverser.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitCheckoutTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void requireGit() {
        assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)))
                .as("without Git, --changed only reports that it is missing")
                .anyMatch(path -> Files.isExecutable(Path.of(path, "git")));
    }

    @Test
    void listsFilesThatDifferFromTheMergeBase() throws IOException, InterruptedException {
        write("same", "deleted", "edited", "moved");
        git("init", "--quiet", "--initial-branch=main");
        commit();
        git("checkout", "--quiet", "-b", "topic");
        git("mv", "moved", "to");
        commit();
        git("checkout", "--quiet", "main");
        write("later-on-main");
        commit();
        git("checkout", "--quiet", "topic");
        Files.delete(folder.resolve("deleted"));
        Files.writeString(folder.resolve("edited"), "anew");
        write("new file");

        assertThat(new GitCheckout(folder).changedFiles())
                .containsExactlyInAnyOrder("deleted", "edited", "moved", "to", "new file");
    }

    @Test
    void rejectsAFolderThatIsNotACheckout() throws IOException, InterruptedException {
        var unpacked = Files.createDirectory(folder.resolve("unpacked"));

        assertThatThrownBy(() -> new GitCheckout(unpacked).changedFiles())
                .hasMessageStartingWith("--changed needs a Git checkout");
        git("init", "--quiet");
        assertThatThrownBy(() -> new GitCheckout(unpacked).changedFiles())
                .hasMessageStartingWith("--changed needs a Git checkout");
    }

    @Test
    void rejectsACloneWithoutMain() throws IOException, InterruptedException {
        git("init", "--quiet", "--initial-branch=topic");
        write("file");
        commit();

        assertThatThrownBy(() -> new GitCheckout(folder).changedFiles())
                .hasMessageStartingWith("in this clone, the branch shares no commit with origin/main or main");
    }

    private void write(String... files) throws IOException {
        for (String file : files) {
            Files.writeString(folder.resolve(file), file);
        }
    }

    private void commit() throws IOException, InterruptedException {
        git("add", "--all");
        git("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "commit", "--quiet", "--message", "work");
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        var command = Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
        var process = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
        // This makes the test independent of the Git configuration on this machine.
        process.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        assertThat(process.start().waitFor()).isZero();
    }
}
