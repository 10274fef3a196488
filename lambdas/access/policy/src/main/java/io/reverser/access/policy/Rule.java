package io.reverser.access.policy;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Who may have what, and who decides. The first rule of the file that fits decides alone: approvers of a wide rule do not
 * come to approve what a narrow one keeps for others.
 *
 * @param asked approvers who are called
 * @param silent approvers who may decide and are not called
 * @param quorum how many different people have to say yes
 * @param automatic how often in how long nobody is asked
 */
record Rule(
        String name,
        Set<String> who,
        Set<String> clusters,
        Set<String> levels,
        Duration usual,
        Duration longest,
        Set<String> asked,
        Set<String> silent,
        int quorum,
        Optional<Automatic> automatic,
        boolean breakGlass,
        Duration expiresAfter,
        Duration remindAfter) {

    /** How often one person gets this by itself. */
    record Automatic(int times, Duration per) {}

    boolean fits(Wish wish) {
        return breakGlass == wish.isBreakGlass()
                && who.contains(wish.who())
                && clusters.contains(wish.cluster())
                && levels.contains(wish.level());
    }

    boolean mayDecide(String person) {
        return asked.contains(person) || silent.contains(person);
    }
}
