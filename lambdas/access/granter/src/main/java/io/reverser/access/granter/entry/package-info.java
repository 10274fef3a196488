/** EKS access entries, their tags and the key that signs these. Uses no other package of the function. */
@NullMarked
package io.reverser.access.granter.entry;

import org.jspecify.annotations.NullMarked;
