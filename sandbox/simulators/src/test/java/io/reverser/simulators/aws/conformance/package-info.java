/**
 * Rules that are visible through AWS's SDK. Our simulators comply with them, and so should any other endpoint that
 * imitates AWS.
 */
@NullMarked
package io.reverser.simulators.aws.conformance;

import org.jspecify.annotations.NullMarked;
