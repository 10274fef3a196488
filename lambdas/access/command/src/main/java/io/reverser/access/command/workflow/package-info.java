@NullMarked
package io.reverser.access.command.workflow;

import org.jspecify.annotations.NullMarked;
