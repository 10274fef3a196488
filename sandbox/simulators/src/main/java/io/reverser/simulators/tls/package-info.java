/** Certificate authorities, certificates and TLS contexts for tests. It uses no other package. */
@NullMarked
package io.reverser.simulators.tls;

import org.jspecify.annotations.NullMarked;
