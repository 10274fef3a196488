package io.reverser.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What Git knows of this checkout. */
final class GitCheckout {

    /** Where a change begins: at the first of these that is there. */
    private static final List<String> MAIN = List.of("origin/main", "main");

    private static final String INSTEAD = "; ./platform test without --changed tests everything";

    private final Path folder;

    GitCheckout(Path folder) {
        this.folder = folder;
    }

    /** All that differs from the main branch where this one left it: committed, uncommitted, or new; deleted files, too. */
    Set<String> changedFiles() {
        requireCheckout();
        String base = MAIN.stream()
                .flatMap(branch -> git("merge-base", "HEAD", branch).stream())
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        "no commit of this branch is on origin/main or main as far as this clone knows" + INSTEAD));
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

    /** A folder from a ZIP is none, even inside another checkout. */
    private void requireCheckout() {
        boolean isCheckout =
                git("rev-parse", "--show-prefix").filter(String::isBlank).isPresent();
        if (!isCheckout) {
            throw new RefusedException(
                    "what has changed is only known in a Git checkout, and git does not take %s for one%s"
                            .formatted(folder, INSTEAD));
        }
    }

    /** What it said, or nothing where it failed. */
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
            throw new RefusedException("--changed needs git, which cannot be run" + INSTEAD);
        }
    }
}
