/** A request for access, from the wish to its end, and the table that remembers it. */
@NullMarked
package io.reverser.access.request;

import org.jspecify.annotations.NullMarked;
