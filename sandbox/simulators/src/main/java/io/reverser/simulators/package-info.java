/**
 * The external systems of the platform, for tests and for the sandbox: real servers where possible, simulators otherwise. This
 * package itself has what several of them share: loopback ports and servers, child processes, native files and HMAC. It uses no
 * other package.
 */
@NullMarked
package io.reverser.simulators;

import org.jspecify.annotations.NullMarked;
