/** Which certificate authorities a TLS client trusts. Uses no other package of the function. */
@NullMarked
package io.reverser.rotation.rotator.tls;

import org.jspecify.annotations.NullMarked;
