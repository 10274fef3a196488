@NullMarked
package io.reverser.simulators.aws.rds;

import org.jspecify.annotations.NullMarked;
