/**
 * The reverser in a real Kubernetes, whose own controllers run with simulated kubelets, External Secrets and Reloader.
 * Of the runner's other packages, it uses {@code cluster}, {@code functions}, {@code process} and {@code rotation}.
 */
@NullMarked
package io.reverser.runner.kubernetes;

import org.jspecify.annotations.NullMarked;
