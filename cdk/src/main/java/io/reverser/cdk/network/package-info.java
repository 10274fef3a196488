/** The VPC and the bucket of access logs. */
@NullMarked
package io.reverser.cdk.network;

import org.jspecify.annotations.NullMarked;
