/** The Lambda functions of cluster access and alarms, each with the permissions that it needs. */
@NullMarked
package io.reverser.cdk.functions;

import org.jspecify.annotations.NullMarked;
