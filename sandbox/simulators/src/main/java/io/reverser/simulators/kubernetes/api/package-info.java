/**
 * The Kubernetes API of an EKS cluster over HTTPS, with the calls that the rotation function makes. The API validates
 * tokens and permissions. This package depends on {@code kubernetes}, {@code kubernetes.object}, {@code aws.eks},
 * {@code aws.endpoint}, {@code fault}, {@code tls} and the root package.
 */
@NullMarked
package io.reverser.simulators.kubernetes.api;

import org.jspecify.annotations.NullMarked;
