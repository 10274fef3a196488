/**
 * The reverser in a real Kubernetes: simulated kubelets, External Secrets and Reloader beside Kubernetes' own controllers. It uses
 * {@code cluster}, {@code functions}, {@code process} and {@code rotation}.
 */
@NullMarked
package io.reverser.runner.kubernetes;

import org.jspecify.annotations.NullMarked;
