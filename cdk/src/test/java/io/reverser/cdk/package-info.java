@NullMarked
package io.reverser.cdk;

import org.jspecify.annotations.NullMarked;
