@NullMarked
package io.reverser.slack.message;

import org.jspecify.annotations.NullMarked;
