@NullMarked
package io.reverser.cdk.deploy;

import org.jspecify.annotations.NullMarked;
