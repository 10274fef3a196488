/**
 * The reverser in a real Kubernetes: its kubelets, and the controllers that a cluster of ours has beside Kubernetes' own. It uses
 * {@code cluster}, {@code functions}, {@code process} and {@code rotation}.
 */
@NullMarked
package io.reverser.runner.kubernetes;

import org.jspecify.annotations.NullMarked;
