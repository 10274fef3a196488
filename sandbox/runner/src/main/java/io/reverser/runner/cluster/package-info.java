/**
 * The reverser's pods behind a load balancer, and a load generator. Of the runner's other packages, it uses only {@code
 * process}.
 */
@NullMarked
package io.reverser.runner.cluster;

import org.jspecify.annotations.NullMarked;
