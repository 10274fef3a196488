/** AWS, as much as the platform uses of it, over real HTTP. It validates, and fails on demand. */
@NullMarked
package io.reverser.simulators.aws;

import org.jspecify.annotations.NullMarked;
