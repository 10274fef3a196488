/**
 * The function that answers Slack: its entry, its start and what it is made of. Has no right to touch a cluster. Uses
 * {@code slack} and {@code workflow}.
 */
@NullMarked
package io.reverser.access.command;

import org.jspecify.annotations.NullMarked;
