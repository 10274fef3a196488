/** Who is calling, seen through the proxies in between. It uses {@code address}. */
@NullMarked
package io.reverser.reverser.caller;

import org.jspecify.annotations.NullMarked;
