/** Where everything runs. */
@NullMarked
package io.reverser.cdk.network;

import org.jspecify.annotations.NullMarked;
