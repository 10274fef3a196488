@NullMarked
package io.reverser.cdk.names;

import org.jspecify.annotations.NullMarked;
