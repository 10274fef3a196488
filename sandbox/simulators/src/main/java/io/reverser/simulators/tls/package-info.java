/**
 * Certificate authorities, certificates and TLS contexts for tests. This package depends on no other package of the
 * module.
 */
@NullMarked
package io.reverser.simulators.tls;

import org.jspecify.annotations.NullMarked;
