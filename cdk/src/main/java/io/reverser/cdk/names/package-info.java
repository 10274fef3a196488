/** Physical names of resources. Uses {@code settings} only. */
@NullMarked
package io.reverser.cdk.names;

import org.jspecify.annotations.NullMarked;
