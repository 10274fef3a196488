@NullMarked
package io.reverser.cdk.lambda;

import org.jspecify.annotations.NullMarked;
