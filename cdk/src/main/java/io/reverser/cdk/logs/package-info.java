@NullMarked
package io.reverser.cdk.logs;

import org.jspecify.annotations.NullMarked;
