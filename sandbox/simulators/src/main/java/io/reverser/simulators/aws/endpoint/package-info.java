/**
 * All simulated AWS APIs behind one address, over real HTTP. It uses {@code fault}, {@code aws.api} and the packages of its
 * services.
 */
@NullMarked
package io.reverser.simulators.aws.endpoint;

import org.jspecify.annotations.NullMarked;
