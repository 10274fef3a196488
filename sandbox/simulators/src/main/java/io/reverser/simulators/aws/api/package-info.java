/** What all simulated AWS APIs share: requests, errors and tags. It uses no other package. */
@NullMarked
package io.reverser.simulators.aws.api;

import org.jspecify.annotations.NullMarked;
