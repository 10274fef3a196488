/**
 * Simulators of the external systems that the platform uses, for tests and for the sandbox. Real servers are used where
 * possible. The root package contains what several simulators share: loopback ports and servers, child processes,
 * native files and HMAC. It depends on no other package of the module.
 */
@NullMarked
package io.reverser.simulators;

import org.jspecify.annotations.NullMarked;
