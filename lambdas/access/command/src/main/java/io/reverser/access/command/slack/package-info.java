@NullMarked
package io.reverser.access.command.slack;

import org.jspecify.annotations.NullMarked;
