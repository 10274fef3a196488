/** What people do with requests: submit, approve, reject, cancel, extend, revoke and look. Uses no other package. */
@NullMarked
package io.reverser.access.command.workflow;

import org.jspecify.annotations.NullMarked;
