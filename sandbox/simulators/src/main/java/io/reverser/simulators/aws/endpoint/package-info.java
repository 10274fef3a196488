/**
 * All simulated AWS APIs behind one address, over real HTTP. This package depends on {@code fault}, {@code aws.api} and
 * the packages of the AWS services.
 */
@NullMarked
package io.reverser.simulators.aws.endpoint;

import org.jspecify.annotations.NullMarked;
