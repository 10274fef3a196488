/**
 * The rotation log in DynamoDB, with its audit records, metrics and lease. Uses {@code admission},
 * {@code kubernetes} and {@code secret}.
 */
@NullMarked
package io.reverser.rotation.rotator.eventlog;

import org.jspecify.annotations.NullMarked;
