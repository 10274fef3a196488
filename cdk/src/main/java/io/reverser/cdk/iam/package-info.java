/** IAM policy statements. Uses no other package. */
@NullMarked
package io.reverser.cdk.iam;

import org.jspecify.annotations.NullMarked;
