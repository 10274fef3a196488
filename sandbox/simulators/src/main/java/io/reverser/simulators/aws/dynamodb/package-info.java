@NullMarked
package io.reverser.simulators.aws.dynamodb;

import org.jspecify.annotations.NullMarked;
