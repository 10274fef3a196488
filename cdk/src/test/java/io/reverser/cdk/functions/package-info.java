@NullMarked
package io.reverser.cdk.functions;

import org.jspecify.annotations.NullMarked;
