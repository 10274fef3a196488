/** The reverser's pods behind a load balancer, as in a cluster, and a load on them. Uses only {@code process}. */
@NullMarked
package io.reverser.runner.cluster;

import org.jspecify.annotations.NullMarked;
