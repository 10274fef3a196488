/** A request for access, from its creation to its end, and the table that stores it. Uses the policy and the AWS client alone. */
@NullMarked
package io.reverser.access.request;

import org.jspecify.annotations.NullMarked;
