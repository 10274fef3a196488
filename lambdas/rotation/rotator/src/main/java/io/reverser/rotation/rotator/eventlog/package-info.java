/**
 * The rotation log in DynamoDB, with its audit records and metrics. Uses the packages {@code admission},
 * {@code kubernetes} and {@code secret}.
 */
@NullMarked
package io.reverser.rotation.rotator.eventlog;

import org.jspecify.annotations.NullMarked;
