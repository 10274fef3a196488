/**
 * What all simulated AWS APIs share: requests, errors and tags. This package depends on no other package of the module.
 */
@NullMarked
package io.reverser.simulators.aws.api;

import org.jspecify.annotations.NullMarked;
