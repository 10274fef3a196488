/**
 * Switches credentials in the database, by one of three strategies. Uses the packages {@code secret}, {@code text} and
 * {@code tls}.
 */
@NullMarked
package io.reverser.rotation.rotator.database;

import org.jspecify.annotations.NullMarked;
