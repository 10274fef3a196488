/** Amazon DynamoDB, which is DynamoDB Local. It uses {@code aws.api} and the package above. */
@NullMarked
package io.reverser.simulators.aws.dynamodb;

import org.jspecify.annotations.NullMarked;
