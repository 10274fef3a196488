/**
 * Carries out decisions: grants, extends and revokes access, ends it at its expiry, and notifies people in Slack. Uses
 * {@code entry} and {@code notification}.
 */
@NullMarked
package io.reverser.access.granter;

import org.jspecify.annotations.NullMarked;
