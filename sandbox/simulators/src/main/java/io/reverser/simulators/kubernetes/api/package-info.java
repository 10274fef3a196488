/**
 * The Kubernetes API of an EKS cluster over HTTPS, as much of it as a rotation calls. It checks tokens and rights. It
 * uses {@code kubernetes}, {@code kubernetes.object}, {@code aws.eks}, {@code aws.endpoint}, {@code fault} and {@code
 * tls}.
 */
@NullMarked
package io.reverser.simulators.kubernetes.api;

import org.jspecify.annotations.NullMarked;
