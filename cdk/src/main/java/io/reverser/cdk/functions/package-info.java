/** The Lambda functions, each with no more rights than it needs. */
@NullMarked
package io.reverser.cdk.functions;

import org.jspecify.annotations.NullMarked;
