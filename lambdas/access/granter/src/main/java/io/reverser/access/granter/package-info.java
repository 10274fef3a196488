/** Makes decisions true: grants, extends, revokes, expires, and tells. */
@NullMarked
package io.reverser.access.granter;

import org.jspecify.annotations.NullMarked;
