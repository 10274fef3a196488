package io.reverser.simulators.kubernetes.object;

/** The namespace and name of an object. */
public record ObjectName(String namespace, String name) {}
