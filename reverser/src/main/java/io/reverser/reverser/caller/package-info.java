/** Who is calling, seen through the proxies in between. */
@NullMarked
package io.reverser.reverser.caller;

import org.jspecify.annotations.NullMarked;
