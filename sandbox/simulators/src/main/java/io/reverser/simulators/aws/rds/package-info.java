/**
 * The RDS Data API in front of a real database server. This package depends on {@code aws.api} and {@code database}.
 */
@NullMarked
package io.reverser.simulators.aws.rds;

import org.jspecify.annotations.NullMarked;
