/** The reverser's place in the cluster. */
@NullMarked
package io.reverser.cdk.app;

import org.jspecify.annotations.NullMarked;
