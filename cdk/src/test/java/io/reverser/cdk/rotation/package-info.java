@NullMarked
package io.reverser.cdk.rotation;

import org.jspecify.annotations.NullMarked;
