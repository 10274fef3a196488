package io.reverser.testing;

import java.util.Comparator;

/** A test class of a module, with its fully qualified name. */
record TestClass(ReactorModule module, String name) implements Comparable<TestClass> {

    String simpleName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    String packageName() {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    /**
     * Whether Failsafe runs the class, which it does after Maven has packaged the modules. Surefire runs all other
     * classes.
     */
    boolean needsPackages() {
        return name.endsWith("IT");
    }

    @Override
    public int compareTo(TestClass other) {
        return Comparator.comparing(TestClass::name).compare(this, other);
    }
}
