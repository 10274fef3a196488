/**
 * The DynamoDB API in front of DynamoDB Local. This package depends on the package {@code aws.api} and on the root
 * package.
 */
@NullMarked
package io.reverser.simulators.aws.dynamodb;

import org.jspecify.annotations.NullMarked;
