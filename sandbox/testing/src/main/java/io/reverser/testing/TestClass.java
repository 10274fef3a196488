package io.reverser.testing;

import java.util.Comparator;

/** A class with tests, by its full name. */
record TestClass(ReactorModule module, String name) implements Comparable<TestClass> {

    String simpleName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    String packageName() {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    /** Failsafe runs it, with the packages that Maven made; Surefire runs the others. */
    boolean needsPackages() {
        return name.endsWith("IT");
    }

    @Override
    public int compareTo(TestClass other) {
        return Comparator.comparing(TestClass::name).compare(this, other);
    }
}
