@NullMarked
package io.reverser.simulators.aws.endpoint;

import org.jspecify.annotations.NullMarked;
