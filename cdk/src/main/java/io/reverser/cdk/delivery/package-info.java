/** How images get into the account. */
@NullMarked
package io.reverser.cdk.delivery;

import org.jspecify.annotations.NullMarked;
