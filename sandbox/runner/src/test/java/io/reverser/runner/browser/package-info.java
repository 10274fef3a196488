/** The browser of the tests. Uses no other package. */
@NullMarked
package io.reverser.runner.browser;

import org.jspecify.annotations.NullMarked;
