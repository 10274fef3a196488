/** EKS access entries, their tags and the key that signs the tags. Uses no other package of the function. */
@NullMarked
package io.reverser.access.granter.entry;

import org.jspecify.annotations.NullMarked;
