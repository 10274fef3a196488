/**
 * Whether a rotation may start: windows, break-glass tags, preconditions. Uses the packages {@code database},
 * {@code kubernetes}, {@code secret} and {@code text}.
 */
@NullMarked
package io.reverser.rotation.rotator.admission;

import org.jspecify.annotations.NullMarked;
