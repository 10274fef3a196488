package io.reverser.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A Git checkout of this repository. */
final class GitCheckout {

    /** The possible names of the main branch; the first one that exists is used. */
    private static final List<String> MAIN = List.of("origin/main", "main");

    private static final String INSTEAD = "; ./platform test without --changed tests everything";

    private final Path folder;

    GitCheckout(Path folder) {
        this.folder = folder;
    }

    /**
     * All files that differ from the commit at which this branch left the main branch: committed, uncommitted,
     * untracked and deleted files.
     */
    Set<String> changedFiles() {
        requireCheckout();
        String base = MAIN.stream()
                .flatMap(branch -> git("merge-base", "HEAD", branch).stream())
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        "in this clone, the branch shares no commit with origin/main or main" + INSTEAD));
        var files = new LinkedHashSet<String>();
        files.addAll(names("diff", "--name-only", "--no-renames", "-z", base.strip()));
        files.addAll(names("ls-files", "--others", "--exclude-standard", "-z"));
        return files;
    }

    private List<String> names(String... arguments) {
        String said = git(arguments)
                .orElseThrow(() -> new RefusedException("git " + String.join(" ", arguments) + " failed" + INSTEAD));
        return Stream.of(said.split("\0", -1)).filter(name -> !name.isEmpty()).toList();
    }

    /**
     * Checks that the folder is the root of a Git checkout. A folder unpacked from a ZIP archive is not a checkout,
     * even if it is inside another checkout.
     */
    private void requireCheckout() {
        boolean isCheckout =
                git("rev-parse", "--show-prefix").filter(String::isBlank).isPresent();
        if (!isCheckout) {
            throw new RefusedException(
                    "--changed needs a Git checkout, and %s is not one%s".formatted(folder, INSTEAD));
        }
    }

    /** Runs a Git command, and returns its output, or nothing when the command failed. */
    private Optional<String> git(String... arguments) {
        var command = Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
        try {
            var process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        } catch (IOException failure) {
            throw new RefusedException("--changed needs git, and git cannot be run" + INSTEAD);
        }
    }
}
