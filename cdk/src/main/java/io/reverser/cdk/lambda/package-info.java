/** What every function is built from: artifacts, layers, network. Uses {@code settings},
 * {@code names}, {@code logs} and {@code iam}. */
@NullMarked
package io.reverser.cdk.lambda;

import org.jspecify.annotations.NullMarked;
