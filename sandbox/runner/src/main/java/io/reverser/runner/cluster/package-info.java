/** The reverser's pods behind a load balancer, and load on them. It uses only {@code process}. */
@NullMarked
package io.reverser.runner.cluster;

import org.jspecify.annotations.NullMarked;
