/** Answers Slack: takes requests and decisions about them. Has no right to touch a cluster. */
@NullMarked
package io.reverser.access.command;

import org.jspecify.annotations.NullMarked;
