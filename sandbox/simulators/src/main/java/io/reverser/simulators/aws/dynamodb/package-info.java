/** DynamoDB, which is DynamoDB Local. It uses {@code aws.api} and the parent package. */
@NullMarked
package io.reverser.simulators.aws.dynamodb;

import org.jspecify.annotations.NullMarked;
