/**
 * ExternalSecrets of the External Secrets Operator, and their controller. This package depends on {@code
 * kubernetes.object}.
 */
@NullMarked
package io.reverser.simulators.kubernetes.externalsecret;

import org.jspecify.annotations.NullMarked;
