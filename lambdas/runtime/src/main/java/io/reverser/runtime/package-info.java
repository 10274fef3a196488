/** Code that Lambda functions share: the clock, CloudWatch metrics and SHA-256. */
@NullMarked
package io.reverser.runtime;

import org.jspecify.annotations.NullMarked;
