package io.reverser.rotation;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the cluster looked like before anything changed, by which what is new in it is known later.
 *
 * @param fetch the last of External Secrets, as {@link Sync#fetch} has it
 * @param templates the pod templates that pods were made from
 */
record Before(String fetch, Set<String> templates) {

    Before {
        templates = Set.copyOf(templates);
    }

    static Before of(String fetch, String templates) {
        return new Before(fetch, new TreeSet<>(Arrays.asList(templates.split(" "))));
    }

    /** As {@link #of} reads it. */
    String templateText() {
        return String.join(" ", new TreeSet<>(templates));
    }
}
