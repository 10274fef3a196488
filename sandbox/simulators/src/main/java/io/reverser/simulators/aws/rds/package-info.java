/** The RDS Data API, in front of a real database server. It uses {@code aws.api} and {@code database}. */
@NullMarked
package io.reverser.simulators.aws.rds;

import org.jspecify.annotations.NullMarked;
