/** What the simulated AWS APIs have in common: request, error and tags. It uses no other package. */
@NullMarked
package io.reverser.simulators.aws.api;

import org.jspecify.annotations.NullMarked;
