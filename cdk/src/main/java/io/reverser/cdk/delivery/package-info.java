/** Delivery from GitHub: the image repository, and the IAM roles of the workflows. */
@NullMarked
package io.reverser.cdk.delivery;

import org.jspecify.annotations.NullMarked;
