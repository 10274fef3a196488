/**
 * The cluster, through the Kubernetes API: the Deployment, its pods and the ExternalSecret. Uses the package
 * {@code tls}.
 */
@NullMarked
package io.reverser.rotation.rotator.kubernetes;

import org.jspecify.annotations.NullMarked;
