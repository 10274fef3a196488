package io.reverser.simulators.kubernetes.object;

/** What an object of Kubernetes is called, and where. */
public record ObjectName(String namespace, String name) {}
