@NullMarked
package io.reverser.settings;

import org.jspecify.annotations.NullMarked;
