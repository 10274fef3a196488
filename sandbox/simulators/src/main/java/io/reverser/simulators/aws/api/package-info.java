@NullMarked
package io.reverser.simulators.aws.api;

import org.jspecify.annotations.NullMarked;
