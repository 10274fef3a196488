/** Makes decisions true: grants, extends, revokes, expires, and notifies. Uses both packages below it. */
@NullMarked
package io.reverser.access.granter;

import org.jspecify.annotations.NullMarked;
