package io.reverser.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The user's arguments of {@code ./platform test}.
 *
 * @param words the names of modules and test classes
 * @param resumeFrom the first module to test, from the option {@code -rf}
 * @param maven all other options, which are passed to Maven
 */
record TestArguments(List<String> words, boolean changed, Optional<String> resumeFrom, List<String> maven) {

    /** The options of Maven whose value is a separate argument. */
    private static final Set<String> WITH_VALUE = Set.of(
            "-b",
            "--builder",
            "--color",
            "-D",
            "--define",
            "-gs",
            "--global-settings",
            "-gt",
            "--global-toolchains",
            "-l",
            "--log-file",
            "-P",
            "--activate-profiles",
            "-pl",
            "--projects",
            "-s",
            "--settings",
            "-t",
            "--toolchains",
            "-T",
            "--threads");

    static TestArguments parse(List<String> arguments) {
        var words = new ArrayList<String>();
        var maven = new ArrayList<String>();
        Optional<String> resumeFrom = Optional.empty();
        boolean changed = false;
        var rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            if (argument.equals("--changed")) {
                changed = true;
            } else if (argument.equals("-rf") || argument.equals("--resume-from")) {
                if (!rest.hasNext()) {
                    throw new RefusedException(argument + " needs a module, like " + argument + " :cdk");
                }
                resumeFrom = Optional.of(rest.next());
            } else if (argument.startsWith("-")) {
                maven.add(argument);
                if (WITH_VALUE.contains(argument) && rest.hasNext()) {
                    maven.add(rest.next());
                }
            } else {
                words.add(argument);
            }
        }
        if (changed && !words.isEmpty()) {
            throw new RefusedException(
                    "--changed selects the modules itself: remove '" + String.join(" ", words) + "'");
        }
        return new TestArguments(words, changed, resumeFrom, maven);
    }
}
