/**
 * The actions on requests: submit, approve, reject, cancel, extend, revoke and query. Uses no other package of the
 * function.
 */
@NullMarked
package io.reverser.access.command.workflow;

import org.jspecify.annotations.NullMarked;
