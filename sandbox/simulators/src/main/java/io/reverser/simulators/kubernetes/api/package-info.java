/** The Kubernetes API of an EKS cluster over HTTPS, as much of it as a rotation calls. It checks tokens and rights. */
@NullMarked
package io.reverser.simulators.kubernetes.api;

import org.jspecify.annotations.NullMarked;
