@NullMarked
package io.reverser.simulators.aws.sns;

import org.jspecify.annotations.NullMarked;
