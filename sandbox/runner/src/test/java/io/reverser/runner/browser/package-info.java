/** The browser that the tests use. Uses no other package of the runner. */
@NullMarked
package io.reverser.runner.browser;

import org.jspecify.annotations.NullMarked;
