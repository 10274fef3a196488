@NullMarked
package io.reverser.runner.browser;

import org.jspecify.annotations.NullMarked;
