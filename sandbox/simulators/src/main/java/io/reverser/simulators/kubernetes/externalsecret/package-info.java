/** ExternalSecrets of the External Secrets Operator, and their controller. It uses {@code kubernetes.object}. */
@NullMarked
package io.reverser.simulators.kubernetes.externalsecret;

import org.jspecify.annotations.NullMarked;
