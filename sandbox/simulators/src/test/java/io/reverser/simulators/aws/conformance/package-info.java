/**
 * Rules for AWS's behavior, tested through the AWS SDK. Our simulators comply with these rules, and so should any other
 * endpoint that imitates AWS.
 */
@NullMarked
package io.reverser.simulators.aws.conformance;

import org.jspecify.annotations.NullMarked;
