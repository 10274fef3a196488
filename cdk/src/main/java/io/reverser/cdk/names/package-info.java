/** Physical names of resources. Uses only the package {@code settings}. */
@NullMarked
package io.reverser.cdk.names;

import org.jspecify.annotations.NullMarked;
