package io.reverser.simulators.kubernetes.object;

/** The namespace and name of a Kubernetes object. */
public record ObjectName(String namespace, String name) {}
