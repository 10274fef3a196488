/** How commits get into the account: images, and the roles of the workflows. */
@NullMarked
package io.reverser.cdk.delivery;

import org.jspecify.annotations.NullMarked;
