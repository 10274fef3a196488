/**
 * Carries out the decisions about requests: grants, extends and revokes access, ends access at its expiry, and notifies
 * people in Slack. Uses the packages {@code entry} and {@code notification}.
 */
@NullMarked
package io.reverser.access.granter;

import org.jspecify.annotations.NullMarked;
