@NullMarked
package io.reverser.simulators.aws.eks;

import org.jspecify.annotations.NullMarked;
